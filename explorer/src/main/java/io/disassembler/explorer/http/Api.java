package io.disassembler.explorer.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.channel.Layer;
import io.disassembler.explorer.http.Server.Route;
import io.disassembler.explorer.view.LayerMap;
import io.disassembler.explorer.view.Look;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Task;
import io.disassembler.explorer.work.Work;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The HTTP interface that the page uses; {@code openapi.json} describes it. */
final class Api {
  private final Work work;
  private final Limits limits;

  Api(Work work, Limits limits) {
    this.work = work;
    this.limits = limits;
  }

  List<Route> routes() {
    List<Route> all = new ArrayList<>(own());
    all.addAll(new PictureApi(work, limits).routes());
    all.addAll(new CutApi(work).routes());
    return all;
  }

  private List<Route> own() {
    return List.of(
        new Route(HandlerType.GET, "/api/openapi.json", this::description),
        new Route(HandlerType.GET, "/api/network", this::network),
        new Route(HandlerType.GET, "/api/layers/{layer}/attribution", this::attribution),
        new Route(HandlerType.POST, "/api/channels", this::startChannel),
        new Route(
            HandlerType.DELETE,
            "/api/channels",
            ctx -> Messages.leave(ctx, work.channels()::leave)),
        new Route(
            HandlerType.GET,
            "/api/channels/{channel}",
            ctx -> Messages.news(ctx, channel(ctx), this::form)));
  }

  private void description(Context ctx) throws IOException {
    try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is not part of the program");
      }
      ctx.contentType("application/json").result(in.readAllBytes());
    }
  }

  private void network(Context ctx) {
    Messages.send(ctx, NetworkAnswer.of(work, limits));
  }

  private void attribution(Context ctx) {
    Layer layer = layer(Messages.number(ctx.pathParam("layer"), "layer"));
    Messages.send(ctx, Answers.Attribution.of(layer, map(layer), work.subject()));
  }

  private void startChannel(Context ctx) throws IOException {
    JsonNode body = Messages.json(ctx);
    Layer layer = layer(body.path("layer").asInt(-1));
    int kernel = body.path("kernel").asInt(-1);
    if (kernel < 0 || kernel >= layer.output().kernels()) {
      throw new BadRequestResponse(
          "kernel: expected 0 to %d".formatted(layer.output().kernels() - 1));
    }
    Task<Look> task = work.channels().start(Messages.session(body), layer, kernel, map(layer));
    Messages.begun(ctx, task, this::form);
  }

  private Answers.Channel form(Look look) {
    return Answers.Channel.of(look, work.pictures());
  }

  private Task<Look> channel(Context ctx) {
    return work.channels()
        .find(ctx.pathParam("channel"))
        .orElseThrow(
            () -> new NotFoundResponse("this channel was not asked for lately; ask again"));
  }

  private Layer layer(int index) {
    if (index < 0 || index >= work.layers().size()) {
      throw new NotFoundResponse("layer: expected 0 to %d".formatted(work.layers().size() - 1));
    }
    return work.layers().get(index);
  }

  private LayerMap map(Layer layer) {
    return work.maps()
        .get(layer.index())
        .orElseThrow(
            () ->
                new NotFoundResponse(
                    "the profile knows nothing of the kernels of '%s': no layer after it reads them"
                        .formatted(layer.name())));
  }
}
