package io.disassembler.cli.options;

import io.disassembler.ImageSet;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.data.Legend;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The images that a command looks at. */
@HelpSection.In(HelpSection.IMAGES)
public final class ImageOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "Folder of images (JPEG, PNG, BMP, TIFF, WebP), or a data set with masks of its own: folders:DIR[:SPLIT], voc:DIR:SPLIT, cityscapes:DIR:SPLIT, ade20k:DIR:SPLIT, camvid:DIR[:SPLIT], coco:DIR:SPLIT[:CATEGORIES], coco-panoptic:DIR:SPLIT[:CATEGORIES]; see docs/datasets.md.")
  private @Nullable String images;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "Folder of masks called like the images, which may be the same folder: images of category numbers, or of colours that the network card explains, or .npy; see docs/datasets.md. Optional everywhere.")
  private @Nullable Path masks;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Use at most N of --images, drawn with --seed, to profile, to measure on or to train on; in extract those to profile on the fly (default there: 100), while recovery follows --calibrate of all. Default: all.")
  private @Nullable Integer limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--keep-going",
      description = "Go on when more than 5 %% of the images cannot be read.")
  private boolean keepGoing;

  private @Nullable ImageSet opened;

  /** The folder or data set as it was typed; empty if none was. */
  public String typed() {
    return images == null ? "" : images;
  }

  /** True if there are any. */
  public boolean given() {
    return images != null;
  }

  /** Seed of every random choice. */
  public long seed() {
    return seed;
  }

  /** Whether many broken images are tolerated. */
  public boolean keepGoing() {
    return keepGoing;
  }

  /** The images chosen. */
  public ImageSet set() {
    return set(Integer.MAX_VALUE);
  }

  /** The same, but at most {@code usual} unless another number was asked for. */
  public ImageSet set(int usual) {
    return all().atMost(limit == null ? usual : limit);
  }

  /** What the masks mean, if the data set says so. */
  public @Nullable Legend legend() {
    return images == null ? null : all().legend().orElse(null);
  }

  /** All images there are. */
  public ImageSet all() {
    if (images == null) {
      throw new ParameterException(
          java.util.Objects.requireNonNull(spec).commandLine(),
          "Missing required option: '--images=DIR'");
    }
    if (opened == null) {
      opened = ImageSet.open(images, masks).withSeed(seed).keepGoing(keepGoing);
    }
    return opened;
  }

  /** What was chosen, in words. */
  public String text() {
    String unnamed = all().labelled() ? ", with its masks" : ", without masks";
    return "%s%s%s"
        .formatted(
            images,
            masks == null ? unnamed : ", masks in " + masks,
            limit == null ? "" : ", at most %d drawn with seed %d".formatted(limit, seed));
  }
}
