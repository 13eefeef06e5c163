package io.disassembler.explorer.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.base.InvalidInputException;
import io.disassembler.explorer.http.Server.Route;
import io.disassembler.explorer.view.Masks;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.CutRequest;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Task;
import io.disassembler.explorer.work.Work;
import io.disassembler.selection.Budget;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The part of the interface that makes sub-networks, measures them and hands them out. */
final class CutApi {
  private final Work work;
  private final Downloads downloads;

  CutApi(Work work) {
    this.work = work;
    downloads = new Downloads(work);
  }

  List<Route> routes() {
    return List.of(
        new Route(HandlerType.POST, "/api/cuts", this::start),
        new Route(HandlerType.DELETE, "/api/cuts", ctx -> Messages.leave(ctx, work.cuts()::leave)),
        new Route(
            HandlerType.GET, "/api/cuts/{cut}", ctx -> Messages.news(ctx, task(ctx), this::form)),
        new Route(HandlerType.POST, "/api/cuts/{cut}/latency", this::time),
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
            ctx -> downloads.report(ctx, measured(ctx))));
  }

  private void start(Context ctx) throws IOException {
    JsonNode body = Messages.json(ctx);
    List<Integer> categories = new ArrayList<>();
    for (JsonNode name : body.path("categories")) {
      categories.add(work.subject().card().index(name.asText()));
    }
    CutRequest request =
        new CutRequest(
            categories, measure(body.path("measure").asText("")), body.path("percent").asInt(0));
    Messages.begun(ctx, work.cuts().start(Messages.session(body), request), this::form);
  }

  private void time(Context ctx) {
    measured(ctx);
    Task<Cut> task = task(ctx);
    whileKept(
        ctx,
        () -> {
          work.cuts().time(task);
          return task;
        });
    Messages.send(ctx, Answers.Progress.of(task, task.progress(), this::form));
  }

  private void masks(Context ctx) {
    Pictures.Picture picture = PictureApi.named(ctx, work);
    done(ctx);
    Masks masks = whileKept(ctx, () -> work.masks(picture, done(ctx)));
    Messages.send(ctx, Answers.BothMasks.of(masks));
  }

  /** Uses a sub-network, and says so if it was forgotten meanwhile. */
  private <T> T whileKept(Context ctx, Callable<T> use) {
    return work.workers()
        .call(
            () -> {
              try {
                return use.call();
              } catch (InvalidInputException e) {
                done(ctx);
                throw e;
              }
            });
  }

  private CutAnswer form(Cut cut) {
    return CutAnswer.of(cut, work);
  }

  private Task<Cut> task(Context ctx) {
    return work.cuts()
        .find(ctx.pathParam("cut"))
        .orElseThrow(
            () -> new NotFoundResponse("this sub-network is not kept any more; ask for it again"));
  }

  /** A sub-network that is at least cut. */
  private Cut done(Context ctx) {
    return task(ctx)
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

  private static Budget.Measure measure(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "macs" -> Budget.Measure.MACS;
      case "parameters" -> Budget.Measure.PARAMETERS;
      default ->
          throw new InvalidInputException(
              "measure: expected macs or parameters, found '%s'".formatted(Pictures.shown(name)));
    };
  }
}
