package io.disassembler.report;

import static j2html.TagCreator.p;

import j2html.tags.DomContent;
import java.util.List;

/** Words, such as what is missing and why. */
public record Note(String title, List<String> paragraphs) implements Section {

  public Note {
    paragraphs = List.copyOf(paragraphs);
  }

  @Override
  public List<DomContent> content() {
    return paragraphs.stream().<DomContent>map(text -> p(text)).toList();
  }
}
