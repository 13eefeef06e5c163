package io.disassembler.extraction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.base.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plans as JSON, of this and of earlier schemas. */
final class PlanJson {
  /**
   * What plans look like as JSON; 1, which plans did not state, had the goal as a command's text; 2
   * knew no training steps; 3 did not know whether it was edited; 4 knew no principal channels; 5
   * knew one resolution.
   */
  static final int SCHEMA = 6;

  private static final int FIRST_WITH_HASH = 4;

  private static final Pattern BUDGET = Pattern.compile("-*keep-(macs|parameters) ([\\d.E-]+)");
  private static final Pattern THRESHOLDS =
      Pattern.compile("-*alpha ([\\d.E-]+) -*beta ([\\d.E-]+)");
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private PlanJson() {}

  static String write(Plan plan) {
    try {
      return JSON.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a plan of this or an earlier schema.
   *
   * @throws InvalidInputException if {@code json} is none
   */
  static Plan read(String json, String file) {
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode plan)) {
        throw new InvalidInputException(file + ": not a plan: expected a JSON object");
      }
      int schema = plan.path("schema").asInt(1);
      if (schema > SCHEMA) {
        throw new InvalidInputException(
            "%s: the plan has schema %d, expected up to %d; use the version that made it (%s), or a newer one"
                .formatted(file, schema, SCHEMA, plan.path("version").asText()));
      }
      plan.remove("schema");
      if (schema == 1) {
        plan.set("goal", goal(plan.path("goal").asText()));
      }
      Plan read = JSON.treeToValue(plan, Plan.class);
      return schema < FIRST_WITH_HASH ? read.asSelected() : read;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + ": not a plan: " + problem(e), e);
    }
  }

  private static String problem(JsonProcessingException e) {
    Throwable refused = e.getCause();
    if (refused instanceof NullPointerException || refused instanceof IllegalArgumentException) {
      return String.valueOf(refused.getMessage());
    }
    String problem = e.getOriginalMessage().lines().findFirst().orElse("");
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? mapping.getPath().get(0).getFieldName() + ": " + problem
        : problem;
  }

  /** The goal as data, from the text of a command that schema 1 had instead. */
  private static JsonNode goal(String text) {
    Matcher budget = BUDGET.matcher(text);
    if (budget.matches()) {
      return JSON.createObjectNode()
          .put("measure", budget.group(1))
          .put("share", Double.parseDouble(budget.group(2)));
    }
    Matcher thresholds = THRESHOLDS.matcher(text);
    return thresholds.matches()
        ? JSON.createObjectNode()
            .put("alpha", Double.parseDouble(thresholds.group(1)))
            .put("beta", Double.parseDouble(thresholds.group(2)))
        : JSON.getNodeFactory().textNode(text);
  }
}
