// Holds the manifests to the schemas of Kubernetes and KEDA, without a cluster:
//   npm install --no-save kubernetes-models@5 @kubernetes-models/keda@2 yaml@2
//   node deploy/kubernetes/validate.mjs
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

const here = import.meta.dirname;

async function model({ apiVersion, kind }) {
  const library = apiVersion.startsWith("keda.sh/") ? "@kubernetes-models/keda" : "kubernetes-models";
  return (await import(`${library}/${apiVersion}`))[kind];
}

let wrong = 0;
for (const file of readdirSync(here).filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")) {
  for (const document of parseAllDocuments(readFileSync(join(here, file), "utf8"))) {
    const manifest = document.toJS();
    const name = `${file}: ${manifest.kind} ${manifest.metadata.name}`;
    try {
      new (await model(manifest))(manifest).validate();
      console.log(`${name}: valid`);
    } catch (problem) {
      wrong = 1;
      console.log(`${name}: ${problem.message}`);
    }
  }
}
process.exit(wrong);
