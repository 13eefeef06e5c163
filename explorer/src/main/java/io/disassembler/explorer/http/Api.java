package io.disassembler.explorer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Json;
import io.disassembler.channel.Layer;
import io.disassembler.explorer.http.Server.Route;
import io.disassembler.explorer.view.Jpeg;
import io.disassembler.explorer.view.LayerMap;
import io.disassembler.explorer.view.Look;
import io.disassembler.explorer.view.Masks;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.CutRequest;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Task;
import io.disassembler.explorer.work.Work;
import io.disassembler.selection.Budget;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP interface that the page uses; {@code openapi.json} describes it. */
final class Api {
  /** How long a question for news is kept waiting. */
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private static final long PATIENCE_MS = 15_000;

  private static final int WIDEST = 1024;
  private static final JsonMapper REQUESTS = JsonMapper.builder().build();

  private final Work work;
  private final Limits limits;
  private final Downloads downloads;

  Api(Work work, Limits limits) {
    this.work = work;
    this.limits = limits;
    downloads = new Downloads(work);
  }

  List<Route> routes() {
    return List.of(
        new Route(HandlerType.GET, "/api/openapi.json", this::description),
        new Route(HandlerType.GET, "/api/network", this::network),
        new Route(HandlerType.GET, "/api/layers/{layer}/attribution", this::attribution),
        new Route(HandlerType.GET, "/api/pictures", this::pictures),
        new Route(HandlerType.POST, "/api/pictures", this::drop),
        new Route(HandlerType.GET, "/api/pictures/{picture}", this::picture),
        new Route(HandlerType.POST, "/api/cuts", this::startCut),
        new Route(HandlerType.DELETE, "/api/cuts", ctx -> leave(ctx, work.cuts()::leave)),
        new Route(HandlerType.GET, "/api/cuts/{cut}", ctx -> answer(ctx, cut(ctx), this::form)),
        new Route(HandlerType.GET, "/api/cuts/{cut}/masks/{picture}", this::masks),
        new Route(
            HandlerType.GET,
            "/api/cuts/{cut}/network.onnx",
            ctx -> downloads.network(ctx, done(ctx))),
        new Route(
            HandlerType.GET, "/api/cuts/{cut}/plan.json", ctx -> downloads.plan(ctx, done(ctx))),
        new Route(
            HandlerType.GET,
            "/api/cuts/{cut}/report.html",
            ctx -> downloads.report(ctx, measured(ctx))),
        new Route(HandlerType.POST, "/api/channels", this::startChannel),
        new Route(HandlerType.DELETE, "/api/channels", ctx -> leave(ctx, work.channels()::leave)),
        new Route(
            HandlerType.GET,
            "/api/channels/{channel}",
            ctx -> answer(ctx, channel(ctx), this::form)));
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
    send(ctx, NetworkAnswer.of(work, limits));
  }

  private void attribution(Context ctx) {
    Layer layer = layer(number(ctx.pathParam("layer"), "layer"));
    send(ctx, Answers.Attribution.of(layer, map(layer), work.subject()));
  }

  private void pictures(Context ctx) {
    send(ctx, Answers.PictureList.of(work.pictures()));
  }

  private void drop(Context ctx) {
    String name = Optional.ofNullable(ctx.queryParam("name")).orElse("");
    byte[] bytes = body(ctx);
    if (bytes.length > limits.uploadBytes()) {
      throw new ContentTooLargeResponse();
    }
    Pictures.Picture picture = work.workers().call(() -> work.pictures().drop(bytes, name));
    ctx.status(HttpStatus.CREATED);
    send(ctx, Answers.Picture.of(picture));
  }

  private void picture(Context ctx) {
    Pictures.Picture picture = shown(ctx);
    String width = ctx.queryParam("width");
    int most = width == null ? WIDEST : Math.min(WIDEST, number(width, "width"));
    if (most < 1) {
      throw new BadRequestResponse("width: expected at least 1");
    }
    // What a browser has may be of another folder: it asks, and is told whether it is the same.
    String tag = "\"" + work.pictures().version(picture) + "\"";
    ctx.header("Cache-Control", "private, no-cache");
    ctx.header("ETag", tag);
    if (tag.equals(ctx.header("If-None-Match"))) {
      ctx.status(HttpStatus.NOT_MODIFIED);
      return;
    }
    byte[] jpeg = work.workers().call(() -> Jpeg.of(work.pictures().decode(picture), most));
    ctx.contentType("image/jpeg").result(jpeg);
  }

  private void startCut(Context ctx) throws IOException {
    JsonNode body = REQUESTS.readTree(body(ctx));
    List<Integer> categories = new ArrayList<>();
    for (JsonNode name : body.path("categories")) {
      categories.add(work.subject().card().index(name.asText()));
    }
    CutRequest request =
        new CutRequest(
            categories, measure(body.path("measure").asText("")), body.path("percent").asInt(0));
    Task<Cut> task = work.cuts().start(session(body.path("session").asText("")), request);
    ctx.status(HttpStatus.ACCEPTED);
    send(ctx, Answers.Progress.of(task, task.progress(), this::form));
  }

  private void startChannel(Context ctx) throws IOException {
    JsonNode body = REQUESTS.readTree(body(ctx));
    Layer layer = layer(body.path("layer").asInt(-1));
    int kernel = body.path("kernel").asInt(-1);
    if (kernel < 0 || kernel >= layer.output().kernels()) {
      throw new BadRequestResponse(
          "kernel: expected 0 to %d".formatted(layer.output().kernels() - 1));
    }
    Task<Look> task =
        work.channels().start(session(body.path("session").asText("")), layer, kernel, map(layer));
    ctx.status(HttpStatus.ACCEPTED);
    send(ctx, Answers.Progress.of(task, task.progress(), this::form));
  }

  private void masks(Context ctx) {
    Pictures.Picture picture = shown(ctx);
    done(ctx);
    Masks masks =
        work.workers()
            .call(
                () -> {
                  Cut cut = done(ctx);
                  try {
                    return work.masks(picture, cut);
                  } catch (InvalidInputException e) {
                    done(ctx); // says so if it was forgotten meanwhile
                    throw e;
                  }
                });
    send(ctx, Answers.BothMasks.of(masks));
  }

  private void leave(Context ctx, java.util.function.Consumer<String> leaving) {
    leaving.accept(session(Optional.ofNullable(ctx.queryParam("session")).orElse("")));
    ctx.status(HttpStatus.NO_CONTENT);
  }

  /** How far a task is, as soon as that is more than the client has seen. */
  private <R> void answer(Context ctx, Task<R> task, Function<R, ?> form) {
    String seen = ctx.queryParam("seen");
    int version = seen == null ? -1 : number(seen, "seen");
    ctx.future(
        () ->
            task.after(version)
                .completeOnTimeout(task.progress(), PATIENCE_MS, TimeUnit.MILLISECONDS)
                .thenAccept(progress -> send(ctx, Answers.Progress.of(task, progress, form))));
  }

  private Answers.SubNetwork form(Cut cut) {
    return Answers.SubNetwork.of(cut, work.layers());
  }

  private Answers.Channel form(Look look) {
    return Answers.Channel.of(look, work.pictures());
  }

  private Task<Cut> cut(Context ctx) {
    return work.cuts()
        .find(ctx.pathParam("cut"))
        .orElseThrow(
            () -> new NotFoundResponse("this sub-network is not kept any more; ask for it again"));
  }

  /** A sub-network that is at least cut. */
  private Cut done(Context ctx) {
    return cut(ctx)
        .result()
        .filter(cut -> cut.file() != null)
        .orElseThrow(
            () -> new NotFoundResponse("this sub-network is not made, or not kept any more"));
  }

  /** A sub-network of which all is known. */
  private Cut measured(Context ctx) {
    return Optional.of(done(ctx))
        .filter(cut -> !cut.latency().isEmpty())
        .orElseThrow(() -> new NotFoundResponse("this sub-network is not measured yet"));
  }

  private Task<Look> channel(Context ctx) {
    return work.channels()
        .find(ctx.pathParam("channel"))
        .orElseThrow(
            () -> new NotFoundResponse("this channel was not asked for lately; ask again"));
  }

  private Pictures.Picture shown(Context ctx) {
    return work.pictures()
        .find(ctx.pathParam("picture"))
        .orElseThrow(
            () ->
                new NotFoundResponse(
                    "there is no such picture; only the last ones dropped in are kept"));
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

  private static Budget.Measure measure(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "macs" -> Budget.Measure.MACS;
      case "parameters" -> Budget.Measure.PARAMETERS;
      default ->
          throw new InvalidInputException(
              "measure: expected macs or parameters, found '%s'".formatted(Pictures.shown(name)));
    };
  }

  private static String session(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new BadRequestResponse("session: expected up to 64 letters, digits and hyphens");
    }
    return name;
  }

  private static int number(String text, String what) {
    if (!text.matches("\\d{1,9}")) {
      throw new BadRequestResponse(what + ": expected a number");
    }
    return Integer.parseInt(text);
  }

  /** What a request carries, which may break off, or come in chunks that are none. */
  private static byte[] body(Context ctx) {
    try {
      return ctx.bodyAsBytes();
    } catch (HttpResponseException e) {
      throw e;
    } catch (Exception e) { // Kotlin does not declare the server's IOException
      LOG.debug("a request broke off", e);
      throw new BadRequestResponse("the request breaks off, or is not what its headers say");
    }
  }

  /** Answers in JSON. */
  static void send(Context ctx, Object answer) {
    ctx.contentType("application/json")
        .result(Json.compact(answer).getBytes(StandardCharsets.UTF_8));
  }
}
