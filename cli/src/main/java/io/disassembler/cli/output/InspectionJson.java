package io.disassembler.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.channel.Layer;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.input.NetworkInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An inspection as JSON-ready maps. */
public final class InspectionJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private InspectionJson() {}

  public static String format(
      Path file, Network source, NetworkInput input, Anatomy anatomy, Inspection inspection) {
    try {
      return JSON.writeValueAsString(of(file, source, input, anatomy, inspection));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> of(
      Path file, Network source, NetworkInput input, Anatomy anatomy, Inspection inspection) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("opset", source.opset());
    json.put("input", input.name());
    json.put("inputShape", input.shape().dimensions());
    json.put("output", source.outputs().get(0).name());
    json.put("parameters", inspection.parameters());
    json.put("macs", inspection.macs());
    json.put("cuttableMacs", inspection.cuttableMacs());
    json.put("channelGroups", anatomy.groups().groups().size());
    json.put("families", anatomy.groups().families());
    json.put("layers", inspection.layers().stream().map(InspectionJson::layer).toList());
    json.put(
        "pins",
        inspection.pins().entrySet().stream()
            .map(pin -> Map.<String, Object>of("reason", pin.getKey(), "values", pin.getValue()))
            .toList());
    return json;
  }

  private static Map<String, Object> layer(Layer layer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", layer.name());
    json.put("operator", layer.operator());
    json.put("output", extents(layer.output().shape()));
    json.put("weight", extents(layer.weight()));
    json.put("parameters", layer.cost().parameters());
    json.put("macs", layer.cost().macs());
    json.put("removableKernels", layer.output().removable());
    json.put("removableInputs", layer.input().removable());
    json.put("tiedLayers", layer.tied().size() + 1);
    return json;
  }

  private static List<Long> extents(Shape shape) {
    return java.util.Arrays.stream(shape.dimensions()).boxed().toList();
  }
}
