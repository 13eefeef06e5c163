package io.disassembler.explorer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.disassembler.base.InvalidInputException;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Work;
import io.disassembler.explorer.work.Workers;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.router.EndpointNotFound;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: who may come in, which way each request goes, and how errors are worded. */
public final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final long LONGEST_ANSWER_MS = 60_000;

  private final Work work;
  private final Guard guard;
  private final Limits limits;

  /** A way that requests go. */
  record Route(HandlerType method, String path, Handler handler) {}

  public Server(Work work, Guard guard, Limits limits) {
    this.work = work;
    this.guard = guard;
    this.limits = limits;
  }

  /** Begins to serve at a port of {@code host}; 0 for any that is free. */
  public Javalin start(String host, int port) {
    return Javalin.start(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.maxRequestSize = limits.uploadBytes();
          config.http.asyncTimeout = LONGEST_ANSWER_MS;
          config.jetty.host = host;
          config.jetty.port = port;
          config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
          config.routes.before(guard::check);
          config.routes.before(this::requireSize);
          new Page().routes().forEach(route -> add(config.routes, route));
          new Api(work, limits).routes().forEach(route -> add(config.routes, route));
          errors(config.routes);
        });
  }

  /** By what is announced: nothing of it is waited for. */
  private void requireSize(Context request) {
    if (request.req().getContentLengthLong() > limits.uploadBytes()) {
      request.header("Connection", "close");
      throw new ContentTooLargeResponse();
    }
  }

  private static void add(RoutesConfig routes, Route route) {
    routes.addHttpHandler(route.method(), route.path(), route.handler());
  }

  private static void errors(RoutesConfig routes) {
    routes.exception(Guard.Refusal.class, (e, ctx) -> say(ctx, e.status(), e.getMessage()));
    routes.exception(
        InvalidInputException.class, (e, ctx) -> say(ctx, HttpStatus.BAD_REQUEST, e.getMessage()));
    routes.exception(
        JsonProcessingException.class,
        (e, ctx) ->
            say(ctx, HttpStatus.BAD_REQUEST, "the request is not the JSON that it should be"));
    routes.exception(
        Workers.BusyException.class,
        (e, ctx) -> say(ctx, HttpStatus.SERVICE_UNAVAILABLE, e.getMessage()));
    routes.exception(
        EndpointNotFound.class,
        (e, ctx) -> say(ctx, HttpStatus.NOT_FOUND, "there is nothing here"));
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> {
          HttpStatus status = HttpStatus.forStatus(e.getStatus());
          say(
              ctx,
              status,
              status == HttpStatus.CONTENT_TOO_LARGE
                  ? "the request is larger than the explorer takes"
                  : e.getMessage());
        });
    routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("internal error, please report it", e);
          say(ctx, HttpStatus.INTERNAL_SERVER_ERROR, "an internal error, please report it");
        });
  }

  private static void say(Context ctx, HttpStatus status, @Nullable String words) {
    ctx.status(status);
    Messages.send(ctx, new Answers.Complaint(words));
  }
}
