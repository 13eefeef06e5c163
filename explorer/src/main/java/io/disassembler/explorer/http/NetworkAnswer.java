package io.disassembler.explorer.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.base.Build;
import io.disassembler.channel.Layer;
import io.disassembler.explorer.view.Least;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Work;
import io.disassembler.graph.Cost;
import io.disassembler.selection.Costing;

/** The JSON form of the network that is explored, its layers and what may be asked of it. */
final class NetworkAnswer {
  private NetworkAnswer() {}

  static ObjectNode of(Work work, Limits limits) {
    Subject subject = work.subject();
    ObjectNode node = Json.object();
    node.put("version", Build.version());
    node.put("name", String.valueOf(subject.file().getFileName()));
    node.putObject("input")
        .put("height", subject.input().size().height())
        .put("width", subject.input().size().width());
    ArrayNode categories = node.putArray("categories");
    for (int c = 0; c < subject.card().categories().size(); c++) {
      categories
          .addObject()
          .put("name", subject.card().categories().get(c))
          .put("images", subject.profile().category(c).images());
    }
    Cost full = Costing.of(subject.anatomy());
    Answers.cost(node.putObject("full"), full);
    Cost least = Least.of(subject.anatomy());
    node.putObject("least")
        .put("macs", percent(least.macs(), full.macs()))
        .put("parameters", percent(least.parameters(), full.parameters()));
    ArrayNode layers = node.putArray("layers");
    for (Layer layer : work.layers()) {
      layers.add(Answers.layer(layer).put("profiled", work.maps().get(layer.index()).isPresent()));
    }
    node.putObject("measured")
        .put("images", work.judge().images())
        .put("against", work.judge().labels().toString());
    node.put("profiledImages", subject.profile().images().size());
    node.putObject("limits")
        .put("uploadBytes", limits.uploadBytes())
        .put("imagePixels", limits.imagePixels());
    return node;
  }

  private static int percent(long part, long whole) {
    return (int) Math.min(100, Math.max(1, (100 * part + whole - 1) / Math.max(1, whole)));
  }
}
