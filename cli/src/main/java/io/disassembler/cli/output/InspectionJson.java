package io.disassembler.cli.output;

import io.disassembler.SegmentationNetwork;
import io.disassembler.channel.Inspection;
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
    List<Layer> layers,
    List<Pin> pins) {

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
        inspection.layers().stream().map(Layer::of).toList(),
        inspection.pins().entrySet().stream()
            .map(pin -> new Pin(pin.getKey(), pin.getValue()))
            .toList());
  }

  /** A layer with kernels. */
  public record Layer(
      String name,
      String operator,
      Shape output,
      Shape weight,
      long parameters,
      long macs,
      int removableKernels,
      int removableInputs,
      int tiedLayers) {
    static Layer of(Inspection.Layer layer) {
      return new Layer(
          layer.name(),
          layer.operator(),
          layer.output(),
          layer.weight(),
          layer.parameters(),
          layer.macs(),
          layer.removableKernels(),
          layer.removableInputs(),
          layer.coupled());
    }
  }

  /** Values that are never cut, and why. */
  public record Pin(String reason, List<String> values) {}
}
