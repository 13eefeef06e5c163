package io.disassembler.cli.output;

import io.disassembler.ImageSet;
import io.disassembler.base.Build;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.base.Sha256;
import io.disassembler.data.Sample;
import io.disassembler.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a result came from, at the head of every JSON that commands write.
 *
 * @param version of Disassembler
 * @param command as it was typed
 * @param seed of every random choice; null where there is none
 * @param sha256 of each file that was read, by its name as it was given
 * @param images those that the result rests on
 */
public record Provenance(
    String version,
    String command,
    @Nullable Long seed,
    Map<String, String> sha256,
    List<Images> images) {

  /**
   * Some images.
   *
   * @param set the folder or data set as it was written, or the profile that saw them
   * @param names of the images, in the order of use
   */
  public record Images(String set, int count, List<String> names) {
    /** Those of a set that are used. */
    public static Images of(ImageSet set) {
      return of(set.name(), set.samples());
    }

    /** Those of {@code set} that are used. */
    public static Images of(String set, List<Sample> used) {
      return new Images(set, used.size(), used.stream().map(Sample::name).toList());
    }

    /** Those that a profile saw. */
    public static Images of(String file, Profile profile) {
      return new Images(file, profile.images().size(), profile.images());
    }
  }

  /** The provenance of what {@code command}, whose arguments were read, has made. */
  static Provenance of(CommandSpec command, Images... images) {
    OptionSpec seed = command.findOption("--seed");
    return new Provenance(
        Build.version(),
        TypedCommand.of(command),
        seed == null ? null : seed.getValue(),
        hashes(Outputs.of(command).filesRead()),
        List.of(images));
  }

  private static Map<String, String> hashes(List<Path> files) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        hashes.put(file.toString(), Sha256.of(file));
      } catch (IOException e) {
        throw new InvalidInputException(file + ": cannot be read: " + Reason.of(e), e);
      }
    }
    return hashes;
  }
}
