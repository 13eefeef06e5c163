package io.disassembler.report;

import j2html.tags.DomContent;
import java.util.List;

/** A part of a report. */
public interface Section {

  /** Its heading. */
  String title();

  /** What stands under the heading; all text in it is escaped. */
  List<DomContent> content();
}
