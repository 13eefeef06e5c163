package io.disassembler.report;

import static j2html.TagCreator.code;
import static j2html.TagCreator.pre;

import j2html.tags.DomContent;
import java.util.List;

/** Text to be copied, such as a command or a plan. */
public record Code(String title, String text) implements Section {

  @Override
  public List<DomContent> content() {
    return List.of(pre(code(text)).attr("tabindex", "0"));
  }
}
