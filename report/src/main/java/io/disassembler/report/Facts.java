package io.disassembler.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Things with their names, such as what was asked for.
 *
 * @param facts in their order
 */
public record Facts(String title, Map<String, String> facts) implements Section {

  public Facts {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  @Override
  public List<DomContent> content() {
    return List.of(
        table(
                tbody(
                    each(
                        facts.entrySet(),
                        fact ->
                            tr(
                                th(fact.getKey()).attr("scope", "row"),
                                td(fact.getValue()).withClass("text")))))
            .withClass("facts"));
  }
}
