package io.disassembler.explorer.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.attribution.Excitations.ActivationMap;
import io.disassembler.channel.Layer;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.Latency;
import io.disassembler.explorer.view.LayerMap;
import io.disassembler.explorer.view.Look;
import io.disassembler.explorer.view.Masks;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Task;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Shape;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** The JSON form of what the explorer finds; {@code openapi.json} describes it. */
final class Answers {
  /** Activation maps are sent at up to this many pixels a side. */
  private static final int FINEST = 96;

  private static final int SPATIAL_RANK = 4;

  private Answers() {}

  static ObjectNode picture(Pictures.Picture picture) {
    return Json.object().put("id", picture.id()).put("name", picture.sample().name());
  }

  static ObjectNode layer(Layer layer) {
    ObjectNode node = Json.object();
    node.put("index", layer.index());
    node.put("name", layer.name());
    node.put("operator", layer.operator());
    node.put("kernels", layer.output().kernels());
    Shape output = layer.output().shape();
    boolean map = output.rank() == SPATIAL_RANK;
    node.put("height", map ? output.dimension(2) : 1);
    node.put("width", map ? output.dimension(3) : 1);
    node.put("weight", layer.weight().toString());
    node.put("parameters", layer.cost().parameters());
    node.put("macs", layer.cost().macs());
    layer.input().layers().forEach(node.putArray("from")::add);
    node.put("readsImage", layer.input().image());
    layer.tied().forEach(node.putArray("tied")::add);
    node.put("pinned", layer.output().pinned().orElse(null));
    return node;
  }

  static void cost(ObjectNode node, Cost cost) {
    node.put("macs", cost.macs()).put("parameters", cost.parameters());
  }

  static <R> ObjectNode task(
      Task<R> task, Task.Progress<R> progress, Function<R, ObjectNode> form) {
    ObjectNode node = Json.object();
    node.put("id", task.id());
    node.put("version", progress.version());
    node.put("state", progress.state().name().toLowerCase(java.util.Locale.ROOT));
    node.put("step", progress.step());
    node.put("done", progress.done());
    node.put("total", progress.total());
    node.put("error", progress.error());
    R result = progress.result();
    node.set("result", result == null ? null : form.apply(result));
    return node;
  }

  static ObjectNode cut(Cut cut, List<Layer> layers) {
    ObjectNode node = Json.object();
    cost(node, cut.cost());
    ArrayNode kept = node.putArray("kept");
    layers.forEach(layer -> kept.add(kept(layer, cut.selection())));
    if (cut.file() == null) {
      node.putNull("bytes");
    } else {
      node.put("bytes", cut.bytes());
    }
    NetworkResult quality = cut.quality();
    node.set("quality", quality == null ? null : quality(quality));
    node.set("latency", cut.latency().isEmpty() ? null : latency(cut));
    return node;
  }

  /** The kernels that {@code selection} keeps, as ranges such as {@code 0-3,7}. */
  private static String kept(Layer layer, Selection selection) {
    BitSet kept = new BitSet();
    int[] groups = layer.output().groups();
    for (int kernel = 0; kernel < groups.length; kernel++) {
      kept.set(kernel, selection.keeps(groups[kernel]));
    }
    List<String> ranges = new ArrayList<>();
    for (int start = kept.nextSetBit(0); start >= 0; ) {
      int end = kept.nextClearBit(start);
      ranges.add(end - start == 1 ? "" + start : start + "-" + (end - 1));
      start = kept.nextSetBit(end);
    }
    return String.join(",", ranges);
  }

  private static ObjectNode quality(NetworkResult quality) {
    ObjectNode node = Json.object();
    Json.put(node, "meanRetention", quality.meanRetention());
    ArrayNode categories = node.putArray("categories");
    for (ComparedCategory category : quality.categories()) {
      ObjectNode one = categories.addObject().put("name", category.name());
      Json.put(one, "fullIou", category.reference().iou());
      Json.put(one, "iou", category.counts().iou());
      Json.put(one, "retention", category.retention());
    }
    return node;
  }

  private static ObjectNode latency(Cut cut) {
    Latency full = cut.latency().get(0);
    Latency part = cut.latency().get(1);
    ObjectNode node = Json.object();
    Json.put(node, "fullMs", full.medianMs());
    Json.put(node, "ms", part.medianMs());
    Json.put(node, "ratio", part.ratioTo(full));
    return node;
  }

  /** Categories x kernels. */
  static ObjectNode attribution(Layer layer, LayerMap map, Subject subject) {
    ObjectNode node = Json.object();
    node.put("layer", layer.index());
    node.put("featureMap", map.featureMap().name());
    ArrayNode forward = node.putArray("forward");
    ArrayNode backward = node.putArray("backward");
    for (int c = 0; c < subject.card().categories().size(); c++) {
      CategoryProfile category = subject.profile().category(c);
      row(forward.addArray(), category.forward(map.featureMap().name()), map);
      row(backward.addArray(), category.backward(map.featureMap().name()), map);
    }
    return node;
  }

  private static void row(ArrayNode row, double[] values, LayerMap map) {
    for (int channel : map.channels()) {
      Json.put(row, values[channel]);
    }
  }

  static ObjectNode look(Look look, Pictures pictures) {
    ObjectNode node = Json.object();
    node.put("layer", look.layer());
    node.put("kernel", look.kernel());
    node.put("images", look.images());
    ArrayNode strongest = node.putArray("strongest");
    for (Look.Excitement found : look.strongest()) {
      ObjectNode one = strongest.addObject();
      one.put("picture", pictures.id(found.sample()));
      one.put("name", found.sample().name());
      one.put("peak", found.peak());
      ActivationMap map = coarse(found.map());
      one.put("height", map.height());
      one.put("width", map.width());
      one.put("activation", Json.scaled(map.values(), found.peak()));
    }
    return node;
  }

  /** The same map with the largest activation of every block, as many as are seen. */
  private static ActivationMap coarse(ActivationMap map) {
    int block = Math.max(1, (Math.max(map.height(), map.width()) + FINEST - 1) / FINEST);
    int height = (map.height() + block - 1) / block;
    int width = (map.width() + block - 1) / block;
    float[] values = new float[height * width];
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        int at = y / block * width + x / block;
        values[at] = Math.max(values[at], map.values()[y * map.width() + x]);
      }
    }
    return new ActivationMap(height, width, values);
  }

  static ObjectNode masks(Masks masks) {
    ObjectNode node = Json.object();
    node.put("height", masks.size().height());
    node.put("width", masks.size().width());
    masks.names().forEach(node.putArray("names")::add);
    node.put("full", Json.labels(masks.full()));
    node.put("part", Json.labels(masks.part()));
    Json.put(node, "agreement", masks.agreement());
    return node;
  }
}
