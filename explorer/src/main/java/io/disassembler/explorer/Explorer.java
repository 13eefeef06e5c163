package io.disassembler.explorer;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.evaluation.EvaluationListener;
import io.disassembler.explorer.http.Guard;
import io.disassembler.explorer.http.Server;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Work;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Serves the page and the HTTP interface behind it until closed. */
public final class Explorer implements AutoCloseable {
  private final Work work;
  private final Javalin server;
  private final String url;
  private boolean closed;

  private Explorer(Work work, Javalin server, String url) {
    this.work = work;
    this.server = server;
    this.url = url;
  }

  /**
   * Runs the network on the images that it is measured on, and begins to serve.
   *
   * @param listener told of every image
   * @throws InvalidInputException if the network or the images cannot be used, or the server cannot
   *     listen there
   */
  public static Explorer start(
      Subject subject, ExplorerSettings settings, EvaluationListener listener) {
    requireAtLeastOne("images to measure on", settings.measured(), Setting.MEASURED_IMAGES);
    requireAtLeastOne("images to search", settings.searched(), Setting.SEARCHED_IMAGES);
    if (settings.port() < 0 || settings.port() > 65_535) {
      throw new InvalidInputException(
          "port: expected 0 to 65535, found " + settings.port(), Setting.PORT);
    }
    String name = named(settings.host());
    Guard guard = Guard.of(name, address(settings.host()));
    Work work =
        Work.open(
            subject,
            settings.measured(),
            settings.searched(),
            settings.limits(),
            settings.replay(),
            listener);
    try {
      Javalin server =
          new Server(work, guard, settings.limits()).start(settings.host(), settings.port());
      String token = guard.token() == null ? "" : "?token=" + guard.token();
      return new Explorer(work, server, "http://%s:%d/%s".formatted(name, server.port(), token));
    } catch (JavalinBindException e) {
      work.close();
      throw new InvalidInputException(
          "host %s, port %d: cannot listen there, perhaps something else does; name another port, or 0 for any that is free"
              .formatted(settings.host(), settings.port()),
          e,
          Setting.HOST,
          Setting.PORT);
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /** Where the page is; with the token, if one is asked for. */
  public String url() {
    return url;
  }

  Work work() {
    return work;
  }

  Javalin server() {
    return server;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.stop();
      work.close();
    }
  }

  private static void requireAtLeastOne(String what, int count, Setting setting) {
    if (count < 1) {
      throw new InvalidInputException(
          "%s: expected at least 1, found %d".formatted(what, count), setting);
    }
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InvalidInputException(
          "host %s: there is no such name or address".formatted(host), e, Setting.HOST);
    }
  }

  /** What people can type: a wildcard is no address. */
  private static String named(String host) {
    try {
      if (address(host).isAnyLocalAddress()) {
        return InetAddress.getLocalHost().getHostName();
      }
    } catch (UnknownHostException e) {
      return "localhost";
    }
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
