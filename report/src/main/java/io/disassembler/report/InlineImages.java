package io.disassembler.report;

import static j2html.TagCreator.img;

import io.disassembler.figures.Drawing;
import io.disassembler.figures.Svg;
import j2html.tags.DomContent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures inside the page. */
final class InlineImages {
  private static final float QUALITY = 0.85f;

  private InlineImages() {}

  /** A drawing, as sharp as the screen is. */
  static DomContent drawing(Drawing drawing, String description) {
    byte[] svg = Svg.of(drawing, description).getBytes(StandardCharsets.UTF_8);
    return img()
        .withSrc(data("image/svg+xml", svg))
        .withAlt(description)
        .withClass("paper")
        .attr("width", drawing.width())
        .attr("height", drawing.height());
  }

  /** A photograph, as JPEG. */
  static DomContent photograph(BufferedImage image, String description) {
    return img()
        .withSrc(data("image/jpeg", jpeg(image)))
        .withAlt(description)
        .attr("width", image.getWidth())
        .attr("height", image.getHeight());
  }

  private static String data(String type, byte[] bytes) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] jpeg(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(QUALITY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
