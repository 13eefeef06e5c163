package io.disassembler.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.base.Json;
import io.disassembler.base.Replacement;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command's result for programs; docs/schema says what is in it. */
@HelpSection.In(HelpSection.OUTPUT)
public final class JsonOption {
  private static final String NAME = "--json";
  private static final JsonMapper JSON = new JsonMapper();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Writes(piped = true)
  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "Also write the result as JSON (docs/schema). With - it goes to standard output, and nothing else does.")
  private @Nullable Path file;

  /** True if it was asked for. */
  public boolean given() {
    return file != null;
  }

  /** Writes {@code result}, a record, if it was asked for. */
  public void write(Object result, Provenance.Images... images) {
    if (file != null) {
      write(Json.pretty(result), images);
    }
  }

  /**
   * Writes a result if it was asked for.
   *
   * @param result an object in JSON
   * @param images those that it rests on
   */
  public void write(String result, Provenance.Images... images) {
    if (file == null) {
      return;
    }
    CommandSpec command = Objects.requireNonNull(spec);
    String text = Json.pretty(withProvenance(result, Provenance.of(command, images)));
    if (Outputs.isStandard(file)) {
      Console.result(text);
    } else {
      Replacement.write(file, text);
      PrintWriter out = Console.out(command);
      out.println("Written: " + file);
      out.flush();
    }
  }

  private static ObjectNode withProvenance(String result, Provenance provenance) {
    try {
      ObjectNode whole = JSON.createObjectNode();
      whole.set("provenance", JSON.readTree(Json.compact(provenance)));
      whole.setAll((ObjectNode) JSON.readTree(result));
      return whole;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + result, e);
    }
  }

  /** Whether {@code command}, whose arguments were read, writes JSON to standard output. */
  public static boolean isPiped(CommandSpec command) {
    OptionSpec option = command.findOption(NAME);
    return option != null && option.getValue() instanceof Path path && Outputs.isStandard(path);
  }
}
