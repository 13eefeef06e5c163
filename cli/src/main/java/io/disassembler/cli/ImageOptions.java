package io.disassembler.cli;

import io.disassembler.data.ImageFolder;
import io.disassembler.data.Sample;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The images that a command looks at. */
final class ImageOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "Folder of images (JPEG, PNG, BMP, TIFF, WebP).")
  @Nullable Path images;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "Folder of masks with the same names as the images: 8-bit or palette images of category numbers. Optional everywhere.")
  @Nullable Path masks;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use at most N images, drawn with --seed. Default: all.")
  int limit = Integer.MAX_VALUE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--keep-going",
      description = "Go on when more than 5 %% of the images cannot be read.")
  boolean keepGoing;

  /** The images chosen, in the order of their names. */
  List<Sample> samples() {
    ImageFolder folder = folder();
    return limit >= folder.samples().size() ? folder.samples() : folder.sample(limit, seed);
  }

  /** All images there are. */
  ImageFolder folder() {
    if (images == null) {
      throw new ParameterException(
          java.util.Objects.requireNonNull(spec).commandLine(),
          "Missing required option: '--images=DIR'");
    }
    return ImageFolder.open(images, masks);
  }
}
