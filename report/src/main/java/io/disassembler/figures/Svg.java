package io.disassembler.figures;

import java.awt.Dimension;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Drawings as SVG, text as text. */
public final class Svg {
  static final Charset CHARSET = StandardCharsets.UTF_8;
  private static final String FONT = "font-family";
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private Svg() {}

  /**
   * The file's text.
   *
   * @param title what programs that read pages out say it shows
   */
  public static String of(Drawing drawing, String title) {
    System.setProperty("java.awt.headless", "true");
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment("Disassembler");
    context.setImageHandler(new EmbeddedPictures());
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(drawing.width(), drawing.height()));
    drawing.draw(graphics);
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 %d %d".formatted(drawing.width(), drawing.height()));
    root.setAttributeNS(null, "role", "img");
    Element name = root.getOwnerDocument().createElementNS(NAMESPACE, "title");
    name.setTextContent(title);
    root.insertBefore(name, root.getFirstChild());
    nameFonts(root);
    return text(root);
  }

  /**
   * Fonts as wide as the one that Java measured with where it is drawn: labels that end at an axis
   * would otherwise miss it.
   */
  private static void nameFonts(Element element) {
    if (element.hasAttribute(FONT)) {
      element.setAttribute(FONT, "'DejaVu Sans', Verdana, sans-serif");
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        nameFonts(inner);
      }
    }
  }

  /** Without the document type that Batik would write: what it refers to is on the Web. */
  private static String text(Element root) {
    try {
      StringWriter writer = new StringWriter();
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(root), new StreamResult(writer));
      return writer + "\n";
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Batik's own codec, which this would otherwise take, is another two libraries. */
  private static final class EmbeddedPictures extends ImageHandlerBase64Encoder {
    @Override
    public void encodeImage(RenderedImage image, OutputStream out) {
      try {
        ImageIO.write(image, "png", out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
