package io.disassembler.scenes;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.base.Replacement;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Writes scenes as a data set: {@code images/*.jpg}, {@code masks/*.png} of the same names with a
 * palette, and {@code card.yaml}.
 */
public final class SceneFiles {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 4096;
  private static final float QUALITY = 0.9f;

  private SceneFiles() {}

  /**
   * Draws scenes 0 to {@code count - 1} of a seed. Files of the same names are replaced.
   *
   * @param folder made if it is missing
   * @param written told after each scene how many there are
   * @throws InvalidInputException if there are none, if they are smaller than 32 or larger than
   *     4096 pixels, or if the folder cannot be written to
   */
  public static void write(Path folder, Size size, long seed, int count, IntConsumer written) {
    if (count < 1) {
      throw new InvalidInputException("count: expected at least 1 scene, found " + count);
    }
    if (Math.min(size.height(), size.width()) < SMALLEST
        || Math.max(size.height(), size.width()) > LARGEST) {
      throw new InvalidInputException(
          "size: expected from %d to %d pixels each way, found %s"
              .formatted(SMALLEST, LARGEST, size));
    }
    try {
      Path images = Files.createDirectories(folder.resolve("images"));
      Path masks = Files.createDirectories(folder.resolve("masks"));
      for (int number = 0; number < count; number++) {
        StreetScene scene = StreetScene.draw(size, seed, number);
        String name = name(seed, number);
        Replacement.write(images.resolve(name + ".jpg"), jpeg(scene.picture()));
        Replacement.write(masks.resolve(name + ".png"), png(scene, size));
        written.accept(number + 1);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + ": scenes cannot be written there: " + Reason.of(e), e);
    }
    card(size).write(folder.resolve("card.yaml"));
  }

  /** What the files of a scene are called, without extension. */
  static String name(long seed, int number) {
    return String.format(Locale.ROOT, "seed%d-%05d", seed, number);
  }

  /** The card of a network for scenes. */
  static NetworkCard card(Size size) {
    return NetworkCard.of(new Legend(SceneCategory.labels(), List.of()), size);
  }

  private static byte[] jpeg(BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(output);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] png(StreetScene scene, Size size) throws IOException {
    BufferedImage mask =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_INDEXED, palette());
    mask.getRaster().setDataElements(0, 0, size.width(), size.height(), scene.labels());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(mask, "png", bytes)) {
      throw new IOException("no writer of PNG");
    }
    return bytes.toByteArray();
  }

  private static IndexColorModel palette() {
    SceneCategory[] categories = SceneCategory.values();
    int[] colors = new int[categories.length];
    for (SceneCategory category : categories) {
      colors[category.maskValue()] = category.color();
    }
    return new IndexColorModel(8, colors.length, colors, 0, false, -1, 0);
  }
}
