package io.disassembler.cli.commands;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.Numbers;
import io.disassembler.channel.Inspection;
import io.disassembler.channel.Layer;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.InspectionJson;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Outline;
import io.disassembler.cli.output.Papers;
import io.disassembler.cli.output.PinnedChannels;
import io.disassembler.evaluation.TextTable;
import io.disassembler.onnx.OnnxReader;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what a network is made of and what can be cut out of it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows layers, shapes, parameters, MACs, channel groups, what can never be removed and why, operators that are not supported, and of a sub-network its card, its outputs and the plan that it was made by.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler inspect model.onnx",
      "  disassembler inspect small.onnx --json inspection.json",
      "  disassembler inspect model.onnx --json - | jq .macs"
    })
public final class InspectCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();

  @Mixin JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    if (SegmentationNetwork.canRun()) {
      SegmentationNetwork model = options.open();
      Inspection inspection = model.inspect();
      print(out, model, inspection);
      json.write(InspectionJson.of(model, inspection));
    } else {
      // Made only now: a logger keeps the level that it begins with.
      LoggerFactory.getLogger(InspectCommand.class)
          .warn(
              "libtorch is not there for this platform, so networks cannot be run: shapes, MACs and channel groups are left out (docs/install.md)");
      Outline outline = Outline.of(options.file(), OnnxReader.read(options.file()));
      outline.print(out);
      json.write(outline);
    }
    return 0;
  }

  private static void print(PrintWriter out, SegmentationNetwork model, Inspection inspection) {
    out.printf(
        Locale.ROOT,
        "%s: opset %d, %d nodes, input %s %s, output %s%s%n%n",
        model.file(),
        model.network().opset(),
        model.network().nodes().size(),
        model.input().name(),
        model.input().shape(),
        model.output(),
        model.form().map(form -> "; in the file " + form).orElse(""));
    TextTable table =
        new TextTable(
            "layer",
            "operator",
            "output",
            "weight",
            "parameters",
            "MACs",
            "%",
            "removable",
            "tied");
    for (Layer layer : inspection.layers()) {
      table.row(
          layer.name(),
          layer.operator(),
          layer.output().shape().toString(),
          layer.weight().toString(),
          Numbers.brief(layer.cost().parameters()),
          Numbers.brief(layer.cost().macs()),
          Numbers.decimals(1, 100.0 * layer.cost().macs() / inspection.macs()),
          layer.input().removable() + " > " + layer.output().removable(),
          layer.tied().isEmpty() ? "" : layer.tied().size() + 1 + " layers");
    }
    out.println(table.format());
    out.printf(
        Locale.ROOT,
        "%s parameters, %s MACs at %s; %.1f %% of the MACs can be cut into%n",
        Numbers.brief(inspection.parameters()),
        Numbers.brief(inspection.macs()),
        model.input().size(),
        100 * inspection.cuttableShare());
    out.printf(
        "%d channel groups in %d families (removable: input channels > kernels; a family keeps at least one group)%n",
        model.anatomy().groups().groups().size(), model.anatomy().groups().families());
    PinnedChannels.print(out, inspection);
    Papers.of(model.network()).print(out);
  }
}
