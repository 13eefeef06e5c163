package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DataSet;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.Legend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens data sets by what users write. */
public final class DataSets {
  private static final List<Layout> LAYOUTS =
      List.of(
          new Folders(),
          new PascalVoc(),
          new Cityscapes(),
          new Ade20k(),
          new CamVid(),
          new CocoInstances(),
          new CocoPanoptic());

  private DataSets() {}

  /**
   * Lists a data set.
   *
   * @param images a folder of images, or {@code LAYOUT:DIR[:SPLIT[:CATEGORIES]]}
   * @param masks a folder of masks for a folder of images; null if there are none or the layout has
   *     its own
   * @throws InvalidInputException if there is no such folder or layout, or the folder is not laid
   *     out so
   */
  public static DataSet open(String images, @Nullable Path masks) {
    int colon = images.indexOf(':');
    if (colon < 0 || Files.exists(Path.of(images))) {
      return ImageFolder.open(Path.of(images), masks);
    }
    Layout layout = layout(images, images.substring(0, colon));
    if (masks != null) {
      throw new InvalidInputException(
          "%s: comes with its own masks; leave out %s".formatted(images, masks));
    }
    return layout.open(Request.parse(images, layout));
  }

  /** The forms that {@link #open} takes besides a folder, such as {@code voc:DIR:SPLIT}. */
  public static List<String> forms() {
    return LAYOUTS.stream().map(layout -> layout.name() + ":" + layout.form()).toList();
  }

  /** The layouts whose networks {@link #legend} has names for. */
  public static List<String> named() {
    return LAYOUTS.stream().filter(layout -> layout.names().isPresent()).map(Layout::name).toList();
  }

  /** What networks for the layout {@code name} call their categories; empty if none is known. */
  public static Optional<Legend> legend(String name) {
    return LAYOUTS.stream()
        .filter(layout -> layout.name().equals(name))
        .findFirst()
        .flatMap(Layout::names);
  }

  private static Layout layout(String text, String name) {
    return LAYOUTS.stream()
        .filter(layout -> layout.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: there is neither such a folder nor a layout called \"%s\"; expected a folder or one of %s"
                        .formatted(text, name, String.join(", ", forms()))));
  }
}
