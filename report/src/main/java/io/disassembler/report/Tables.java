package io.disassembler.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import java.util.List;

/** Tables of numbers: the first column names the row. */
final class Tables {
  private Tables() {}

  /** A table that scrolls by itself where the screen is narrow. */
  static DomContent of(String title, List<String> header, List<List<String>> rows) {
    return scrolling(
        title,
        table(
            thead(tr(each(header, name -> th(name).attr("scope", "col")))),
            tbody(
                each(
                    rows,
                    row ->
                        tr(
                            th(row.get(0)).attr("scope", "row"),
                            each(row.subList(1, row.size()), cell -> td(cell)))))));
  }

  /**
   * A table under its title, which stays where it is when the table scrolls.
   *
   * @param table without a caption
   */
  static DomContent scrolling(String title, TableTag table) {
    return div(
            p(title).withClass("caption").attr("aria-hidden", "true"),
            div(table.attr("aria-label", title)).withClass("scroll").attr("tabindex", "0"))
        .withClass("table");
  }
}
