package io.disassembler.explorer.http;

import io.disassembler.explorer.http.Server.Route;
import io.disassembler.explorer.view.Jpeg;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Work;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Optional;

/** The part of the interface that shows pictures and takes them in. */
final class PictureApi {
  private static final int WIDEST = 1024;

  private final Work work;
  private final Limits limits;

  PictureApi(Work work, Limits limits) {
    this.work = work;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        new Route(HandlerType.GET, "/api/pictures", this::pictures),
        new Route(HandlerType.POST, "/api/pictures", this::drop),
        new Route(HandlerType.GET, "/api/pictures/{picture}", this::picture));
  }

  /** The picture that a request names. */
  static Pictures.Picture named(Context ctx, Work work) {
    return work.pictures()
        .find(ctx.pathParam("picture"))
        .orElseThrow(
            () ->
                new NotFoundResponse(
                    "there is no such picture; only the last ones dropped in are kept"));
  }

  private void pictures(Context ctx) {
    Messages.send(ctx, Answers.PictureList.of(work.pictures()));
  }

  private void drop(Context ctx) {
    String name = Optional.ofNullable(ctx.queryParam("name")).orElse("");
    byte[] bytes = Messages.body(ctx);
    if (bytes.length > limits.uploadBytes()) {
      throw new ContentTooLargeResponse();
    }
    Pictures.Picture picture = work.workers().call(() -> work.pictures().drop(bytes, name));
    ctx.status(HttpStatus.CREATED);
    Messages.send(ctx, Answers.Picture.of(picture));
  }

  private void picture(Context ctx) {
    Pictures.Picture picture = named(ctx, work);
    String width = ctx.queryParam("width");
    int most = width == null ? WIDEST : Math.min(WIDEST, Messages.number(width, "width"));
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
}
