package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Candidate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a SPEC. */
final class CandidateConverter implements ITypeConverter<Candidate> {

  @Override
  public Candidate convert(String spec) {
    try {
      return Candidate.parse(spec);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
