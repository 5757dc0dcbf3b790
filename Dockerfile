# Streamglot in a container: `run` with the settings of /etc/streamglot/streamglot.properties and of
# variables such as KAFKA_BOOTSTRAP_SERVERS. Runs as user 10001; writes to /tmp alone, from where it
# loads native libraries, so that under --read-only it takes: --tmpfs /tmp:exec,mode=1777
#   docker build -t streamglot .
# For a GPU, which takes the NVIDIA container toolkit:
#   docker build -t streamglot:cuda --build-arg MAVEN_FLAGS=-Pcuda \
#     --build-arg RUNTIME=nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 .
ARG RUNTIME=ubuntu:24.04

FROM eclipse-temurin:21.0.8_9-jdk-noble AS build
ARG MAVEN_FLAGS=
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q -B -ntp $MAVEN_FLAGS -DskipTests -pl streams-app -am package
WORKDIR /streamglot
RUN mkdir -p streams-app/target \
 && cp -r /src/streamglot /src/models . \
 && cp -r /src/streams-app/target/streamglot-streams-app.jar /src/streams-app/target/lib streams-app/target/ \
 && chmod -R a+rX .

FROM eclipse-temurin:21.0.8_9-jre-noble AS java

FROM ${RUNTIME}
COPY --from=java /opt/java/openjdk /opt/java/openjdk
COPY --from=build /streamglot /opt/streamglot
COPY streams-app/config/streamglot.properties /etc/streamglot/streamglot.properties
COPY --chmod=755 deploy/docker/healthcheck /usr/local/bin/healthcheck
# Half of the memory is for the heap: models and the decoder's threads take theirs outside of it.
ENV JAVA_HOME=/opt/java/openjdk \
    LC_ALL=C.UTF-8 \
    DJL_CACHE_DIR=/tmp/djl \
    STREAMGLOT_JAVA_OPTS="-XX:MaxRAMPercentage=50" \
    STREAMGLOT_HTTP_HOST=0.0.0.0
# Where models/en-fr is, which the settings name.
WORKDIR /opt/streamglot
USER 10001:10001
EXPOSE 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["healthcheck", "/health/live"]
ENTRYPOINT ["/opt/streamglot/streamglot"]
CMD ["run", "--config", "/etc/streamglot/streamglot.properties"]
