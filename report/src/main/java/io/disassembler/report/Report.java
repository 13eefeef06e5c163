package io.disassembler.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;

import io.disassembler.base.Replacement;
import j2html.Config;
import j2html.TagCreator;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A page with everything in it: no script, nothing to load. It is well-formed XML too.
 *
 * @param title what it is about
 * @param lead one sentence with the outcome
 */
public record Report(String title, String lead, List<Section> sections) {

  /** Nothing is loaded, run or sent, whatever names in the networks say. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

  public Report {
    sections = List.copyOf(sections);
  }

  /** The page. */
  public String toHtml() {
    Config config = Config.defaults().withEmptyTagsClosed(true);
    try {
      return "<!DOCTYPE html>\n"
          + html(
                  head(
                      meta().withCharset("utf-8"),
                      meta().attr("http-equiv", "Content-Security-Policy").withContent(POLICY),
                      meta()
                          .withName("viewport")
                          .withContent("width=device-width, initial-scale=1"),
                      meta().withName("color-scheme").withContent("light dark"),
                      TagCreator.title(title),
                      style(rawHtml(css()))),
                  body(
                      header(h1(title), p(lead).withClass("lead")),
                      main(each(sections, Report::part))))
              .withLang("en")
              .render(FlatHtml.into(new StringBuilder(), config))
          + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the page, whole or not at all.
   *
   * @throws io.disassembler.base.InvalidInputException if the file cannot be written
   */
  public void write(Path file) {
    Replacement.write(file, toHtml());
  }

  private static DomContent part(Section section) {
    return section(h2(section.title()), each(section.content(), content -> content));
  }

  private static String css() {
    try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream("report.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
