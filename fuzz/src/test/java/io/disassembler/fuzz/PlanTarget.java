package io.disassembler.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Plans: a sub-network is made by them. */
final class PlanTarget implements Target {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Bench bench;

  PlanTarget(Bench bench) {
    this.bench = bench;
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(bench.subNetwork().plan().toJson().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] mutant(byte[] seed, RandomGenerator random) throws IOException {
    return random.nextInt(3) == 0
        ? Damage.of(seed, random)
        : JSON.writeValueAsBytes(JsonMutator.mutant(JSON.readTree(seed), random));
  }

  @Override
  public void use(Path file) {
    bench.network().replay(file).from(bench.profile()).run();
  }
}
