package io.disassembler.cli.output;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.disassembler.SegmentationNetwork;
import io.disassembler.channel.Inspection;
import io.disassembler.channel.Layer;
import io.disassembler.graph.Shape;
import java.nio.file.Path;
import java.util.List;

/** The JSON form of an {@link Inspection}. */
public record InspectionJson(
    Path file,
    long opset,
    String input,
    Shape inputShape,
    String output,
    long parameters,
    long macs,
    long cuttableMacs,
    int channelGroups,
    int families,
    List<LayerJson> layers,
    List<Missing> missing,
    List<Pin> pins,
    @JsonUnwrapped Papers papers) {

  /** What was found of {@code model}. */
  public static InspectionJson of(SegmentationNetwork model, Inspection inspection) {
    return new InspectionJson(
        model.file(),
        model.network().opset(),
        model.input().name(),
        model.input().shape(),
        model.output(),
        inspection.parameters(),
        inspection.macs(),
        inspection.cuttableMacs(),
        model.anatomy().groups().groups().size(),
        model.anatomy().groups().families(),
        inspection.layers().stream().map(LayerJson::of).toList(),
        inspection.missing().entrySet().stream()
            .map(part -> new Missing(part.getKey(), part.getValue()))
            .toList(),
        inspection.pins().entrySet().stream()
            .map(pin -> new Pin(pin.getKey(), pin.getValue()))
            .toList(),
        Papers.of(model.network()));
  }

  /** A layer with kernels. */
  public record LayerJson(
      String name,
      String node,
      String weightName,
      String value,
      String operator,
      Shape output,
      Shape weight,
      long parameters,
      long macs,
      int removableKernels,
      int removableInputs,
      int tiedLayers) {
    static LayerJson of(Layer layer) {
      return new LayerJson(
          layer.name(),
          layer.node(),
          layer.weightName(),
          layer.output().value(),
          layer.operator(),
          layer.output().shape(),
          layer.weight(),
          layer.cost().parameters(),
          layer.cost().macs(),
          layer.output().removable(),
          layer.input().removable(),
          layer.tied().size() + 1);
    }
  }

  /** MACs that cannot be cut into, and what stands in the way. */
  public record Missing(String reason, long macs) {}

  /** Values that are never cut, and why. */
  public record Pin(String reason, List<String> values) {}
}
