package io.disassembler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A report as a reader finds it. */
public final class ReportPage {
  private final String html;
  private final Document document;

  private ReportPage(String html, Document document) {
    this.html = html;
    this.document = document;
  }

  /** Parses a page; fails unless it is well-formed. */
  public static ReportPage of(String html) throws Exception {
    String xml = html.replaceFirst("<!DOCTYPE html>", "");
    return new ReportPage(
        html,
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml))));
  }

  /** Nothing is loaded, nothing runs, every picture has words and can be decoded. */
  public void requireSelfContained() throws Exception {
    assertThat(html.length()).isLessThan(8_000_000);
    assertThat(elements("script")).isEmpty();
    assertThat(elements("link")).isEmpty();
    assertThat(elements("iframe")).isEmpty();
    assertThat(html).doesNotContain("http://", "https://", "url(", "@import");
    for (Element image : elements("img")) {
      assertThat(image.getAttribute("alt")).isNotBlank();
      String source = image.getAttribute("src");
      assertThat(source).startsWith("data:image/");
      byte[] bytes = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
      if (source.startsWith("data:image/jpeg")) {
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes))).isNotNull();
      }
    }
    for (Element table : elements("table")) {
      if (!table.getAttribute("class").equals("facts")) {
        assertThat(table.getAttribute("aria-label")).isNotBlank();
      }
    }
    for (Element header : elements("th")) {
      assertThat(header.getAttribute("scope")).isIn("col", "row");
    }
    assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(elements("h1")).hasSize(1);
  }

  /** Headings of the sections, in order. */
  public List<String> sections() {
    return elements("h2").stream().map(Element::getTextContent).toList();
  }

  /** All text. */
  public String text() {
    return document.getDocumentElement().getTextContent();
  }

  /** The loss of each example image, in order. */
  public List<Double> losses() {
    return elements("div").stream()
        .filter(div -> div.getAttribute("class").equals("example"))
        .map(div -> ((Element) div.getElementsByTagName("p").item(0)).getTextContent())
        .map(text -> Double.valueOf(text.replaceFirst("^loss (-?[0-9.]+),.*$", "$1")))
        .toList();
  }

  /** Elements of a name, in order. */
  public List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
