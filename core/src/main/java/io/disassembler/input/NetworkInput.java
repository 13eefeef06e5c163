package io.disassembler.input;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Stable;
import io.disassembler.data.BrokenImageException;
import io.disassembler.data.PixelLimit;
import io.disassembler.data.Size;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The image, or the volume, that a network reads.
 *
 * @param name the graph input
 * @param batch images in one run that the file fixes, or 1
 * @param channels colour channels
 * @param size height and width, of volumes depth before them
 * @param whole whether pixels are whole numbers from 0 to 255, not floats
 */
@Stable
public record NetworkInput(String name, int batch, int channels, Size size, boolean whole) {
  /** Height and width where neither the file nor the card says anything. */
  public static final Size DEFAULT_SIZE = new Size(256, 256);

  /** Depth, height and width of volumes then. */
  public static final Size DEFAULT_VOLUME = new Size(64, 64, 64);

  /** Of one run: 2 GB, three colours of the largest image, so a damaged file or a mistyped size. */
  private static final long MOST_ELEMENTS = 1L << 29;

  /** Far more than any camera has. */
  private static final int MOST_CHANNELS = 4096;

  /** More images in one run than any network is meant for. */
  private static final int MOST_IMAGES = 1024;

  /** An input of floats. */
  public NetworkInput(String name, int batch, int channels, Size size) {
    this(name, batch, channels, size, false);
  }

  /**
   * The image input of {@code network}.
   *
   * @param preferred size where the file leaves it open; null for {@link #DEFAULT_SIZE} or {@link
   *     #DEFAULT_VOLUME}
   * @throws InvalidInputException if the network has not exactly one input of four or five axes, or
   *     one that is empty or beyond any image
   */
  public static NetworkInput of(Network network, @Nullable Size preferred) {
    List<Value> images = network.inputs().stream().filter(NetworkInput::isImage).toList();
    if (images.size() > 1) {
      throw new InvalidInputException(
          "%s: expected one image input, found %d: %s; export a network with one input that has the channels of all and splits them first, and give images of that many bands (docs/networks.md), or give all but one a constant"
              .formatted(network.name(), images.size(), images.stream().map(Value::name).toList()),
          Setting.FIXED_INPUTS);
    }
    if (network.inputs().size() != 1) {
      throw new InvalidInputException(
          "%s: expected one image input, found %d: %s; give all but the image a constant"
              .formatted(
                  network.name(),
                  network.inputs().size(),
                  network.inputs().stream().map(Value::name).toList()),
          Setting.FIXED_INPUTS);
    }
    Value input = network.inputs().get(0);
    List<Dimension> dimensions = input.dimensions().orElse(List.of());
    if (dimensions.size() != 4 && dimensions.size() != 5) {
      throw new InvalidInputException(
          "%s: input '%s' is %s; expected an image with four axes (batch, channels, height, width), or a volume with five (depth before the height)"
              .formatted(network.name(), input.name(), dimensions));
    }
    boolean volumes = dimensions.size() == 5;
    Size open = preferred != null ? preferred : volumes ? DEFAULT_VOLUME : DEFAULT_SIZE;
    if (open.volume() != volumes) {
      throw new InvalidInputException(
          "%s: takes %s, found the size %s"
              .formatted(
                  network.name(),
                  volumes
                      ? "volumes; expected depth, height and width"
                      : "images; expected height and width",
                  open),
          Setting.CARD);
    }
    int[] extents =
        volumes
            ? new int[] {1, 1, open.depth(), open.height(), open.width()}
            : new int[] {1, 3, open.height(), open.width()};
    long elements = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      long extent =
          dimensions.get(axis) instanceof Dimension.Fixed fixed ? fixed.size() : extents[axis];
      if (extent < 1 || extent > MOST_ELEMENTS / elements) {
        throw new InvalidInputException(
            "%s: input '%s' is %s, at %s where that is open; expected extents of at least 1, and at most %d numbers in all"
                .formatted(network.name(), input.name(), dimensions, open, MOST_ELEMENTS));
      }
      extents[axis] = (int) extent;
      elements *= extent;
    }
    if (extents[1] > MOST_CHANNELS) {
      throw new InvalidInputException(
          "%s: input '%s' takes images of %d channels; expected at most %d"
              .formatted(network.name(), input.name(), extents[1], MOST_CHANNELS));
    }
    if (extents[0] > MOST_IMAGES) {
      throw new InvalidInputException(
          "%s: input '%s' takes %d images in one run; expected at most %d; export the network for one image, or for any number"
              .formatted(network.name(), input.name(), extents[0], MOST_IMAGES));
    }
    int last = extents.length - 1;
    try {
      PixelLimit.require(extents[last - 1] * (volumes ? (long) extents[2] : 1), extents[last]);
    } catch (BrokenImageException e) {
      throw new InvalidInputException(
          "%s: input '%s' is %s, at %s where that is open: %s"
              .formatted(network.name(), input.name(), dimensions, open, e.getMessage()),
          e,
          Setting.IMAGE_PIXELS);
    }
    return new NetworkInput(
        input.name(),
        extents[0],
        extents[1],
        new Size(volumes ? extents[2] : 0, extents[last - 1], extents[last]),
        network.boundary().pixels() != ElementType.FLOAT);
  }

  /** Whether an input has the axes of images or volumes, and more than one pixel. */
  private static boolean isImage(Value input) {
    List<Dimension> dimensions = input.dimensions().orElse(List.of());
    return (dimensions.size() == 4 || dimensions.size() == 5)
        && dimensions.subList(2, dimensions.size()).stream()
            .noneMatch(
                dimension -> dimension instanceof Dimension.Fixed fixed && fixed.size() == 1);
  }

  /** The same for another number of images in one run. */
  public NetworkInput ofBatch(int images) {
    return new NetworkInput(name, images, channels, size, whole);
  }

  /** Images in one run of {@code network} that the file fixes; 0 if it leaves that open. */
  public static int fixedBatch(Network network) {
    return network.inputs().get(0).dimensions().orElse(List.of()).stream()
        .limit(1)
        .mapToInt(dimension -> extent(dimension, 0))
        .sum();
  }

  /** The input's shape for one run, NCHW or NCDHW. */
  public Shape shape() {
    return ImageBatch.shape(batch, channels, size);
  }

  /** The input's shape by name. */
  public Map<String, Shape> shapes() {
    return Map.of(name, shape());
  }

  private static int extent(Dimension dimension, int open) {
    return dimension instanceof Dimension.Fixed fixed ? Math.toIntExact(fixed.size()) : open;
  }
}
