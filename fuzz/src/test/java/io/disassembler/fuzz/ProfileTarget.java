package io.disassembler.fuzz;

import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Profiles: read, and a sub-network is cut with them. */
final class ProfileTarget implements Target {
  private final Bench bench;

  ProfileTarget(Bench bench) {
    this.bench = bench;
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    Path file = bench.folder().resolve("seed.h5");
    ProfileFile.write(bench.profile(), file);
    List<byte[]> seeds = new ArrayList<>(List.of(Files.readAllBytes(file)));
    Optional<Path> large = Shared.optional("cases/h5-oom.profile.h5");
    if (large.isPresent()) {
      seeds.add(Files.readAllBytes(large.get()));
    }
    return seeds;
  }

  @Override
  public byte[] mutant(byte[] seed, RandomGenerator random) {
    return Damage.of(seed, random);
  }

  @Override
  public void use(Path file) {
    Profile profile = bench.network().readProfile(file);
    bench.network().extract("1").from(profile).keepMacs(0.5).recovery(RecoveryMethod.RIDGE).run();
  }
}
