package io.disassembler.cli;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.Sample;
import io.disassembler.data.layout.DataSets;
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
      description =
          "Folder of images (JPEG, PNG, BMP, TIFF, WebP), or a data set with masks of its own: folders:DIR[:SPLIT], voc:DIR:SPLIT, cityscapes:DIR:SPLIT, ade20k:DIR:SPLIT, camvid:DIR[:SPLIT], coco:DIR:SPLIT[:CATEGORIES], coco-panoptic:DIR:SPLIT[:CATEGORIES]; see docs/datasets.md.")
  @Nullable String images;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "Folder of masks with the same names as the images: 8-bit or palette images of category numbers. Optional everywhere.")
  @Nullable Path masks;

  private @Nullable DataSet opened;

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
    DataSet all = all();
    return limit >= all.samples().size() ? all.samples() : all.sample(limit, seed);
  }

  /** What the masks mean, if the data set says so. */
  @Nullable Legend legend() {
    return images == null ? null : all().legend();
  }

  /** All images there are. */
  DataSet all() {
    if (images == null) {
      throw new ParameterException(
          java.util.Objects.requireNonNull(spec).commandLine(),
          "Missing required option: '--images=DIR'");
    }
    if (opened == null) {
      opened = DataSets.open(images, masks);
    }
    return opened;
  }

  /** What was chosen, in words. */
  String text() {
    String unnamed = all().labelled() ? ", with its masks" : ", without masks";
    return "%s%s%s"
        .formatted(
            images,
            masks == null ? unnamed : ", masks in " + masks,
            limit == Integer.MAX_VALUE
                ? ""
                : ", at most %d drawn with seed %d".formatted(limit, seed));
  }
}
