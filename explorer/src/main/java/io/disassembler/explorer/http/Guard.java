package io.disassembler.explorer.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may talk to the explorer.
 *
 * <ul>
 *   <li>Requests must name this machine as their host: a page whose own name was made to point here
 *       (DNS rebinding) is refused. Addresses in numbers cannot be made to point anywhere.
 *   <li>Pages of other origins are refused.
 *   <li>Beyond this machine there is a token, which comes once in the address and is a cookie after
 *       that.
 * </ul>
 */
public final class Guard {
  private static final String TOKEN = "token";
  private static final String BEARER = "Bearer ";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts;
  private final boolean anyAddress;
  private final @Nullable String token;

  private Guard(Set<String> hosts, boolean anyAddress, @Nullable String token) {
    this.hosts = hosts;
    this.anyAddress = anyAddress;
    this.token = token;
  }

  /**
   * For a server that listens at {@code address}.
   *
   * @param host what it is called in the address that is printed
   */
  public static Guard of(String host, InetAddress address) {
    Set<String> hosts = new TreeSet<>(LOOPBACK);
    hosts.add(host.toLowerCase(Locale.ROOT));
    if (address.isLoopbackAddress()) {
      return new Guard(hosts, false, null);
    }
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    try {
      InetAddress own = InetAddress.getLocalHost();
      hosts.add(own.getHostName().toLowerCase(Locale.ROOT));
      hosts.add(own.getCanonicalHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      // Then it is called by its address.
    }
    return new Guard(hosts, true, HexFormat.of().formatHex(random));
  }

  /** What clients must know; null if they need not know anything. */
  public @Nullable String token() {
    return token;
  }

  /** Lets a request pass, or says why not. */
  void check(Context request) {
    protect(request);
    String host = request.header("Host");
    if (host == null || !isOurs(nameOf(host))) {
      throw new Refusal(
          HttpStatus.MISDIRECTED_REQUEST,
          "the host name of this request is not this machine's; use the address that the command printed");
    }
    String origin = request.header("Origin");
    if (origin != null && !origin.equalsIgnoreCase(request.scheme() + "://" + host)) {
      throw new Refusal(HttpStatus.FORBIDDEN, "pages of other origins may not use the explorer");
    }
    String site = request.header("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreign && !isVisit(request)) {
      throw new Refusal(HttpStatus.FORBIDDEN, "pages of other sites may not use the explorer");
    }
    if (token != null) {
      checkToken(request, token);
    }
  }

  /** A person following a link to the page itself. */
  private static boolean isVisit(Context request) {
    return "navigate".equals(request.header("Sec-Fetch-Mode")) && request.path().equals("/");
  }

  private void checkToken(Context request, String expected) {
    if (request.method().equals(HandlerType.GET)
        && request.path().equals("/")
        && isSame(request.queryParam(TOKEN), expected)) {
      io.javalin.http.Cookie cookie = new io.javalin.http.Cookie(cookie(request), expected);
      cookie.setHttpOnly(true);
      // Not STRICT: who follows a link to here from elsewhere is redirected without it.
      cookie.setSameSite(SameSite.LAX);
      request.cookie(cookie);
      // Out of the address, so that no one shares it by accident.
      request.redirect("/");
      request.skipRemainingHandlers();
      return;
    }
    String header = request.header("Authorization");
    boolean bearer =
        header != null
            && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && isSame(header.substring(BEARER.length()), expected);
    if (!bearer && !isSame(request.cookie(cookie(request)), expected)) {
      throw new Refusal(
          HttpStatus.UNAUTHORIZED,
          "this explorer asks for a token: open the whole address that the command printed");
    }
  }

  /** Cookies do not tell ports apart. */
  private static String cookie(Context request) {
    return "disassembler-" + request.port();
  }

  private static boolean isSame(@Nullable String found, String expected) {
    return found != null
        && MessageDigest.isEqual(
            found.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private boolean isOurs(String name) {
    return hosts.contains(name)
        || (anyAddress && (name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || name.startsWith("[")));
  }

  /** A host name without its port, in lower case; empty if it is none. */
  private static String nameOf(String host) {
    try {
      String name = URI.create("http://" + host).getHost();
      return name == null ? "" : name.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void protect(Context response) {
    response.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    response.header("Cross-Origin-Resource-Policy", "same-origin");
    response.header("Cross-Origin-Opener-Policy", "same-origin");
    response.header("Cache-Control", "no-store");
  }

  /** A request that is not answered, and why. */
  static final class Refusal extends RuntimeException {
    private final HttpStatus status;

    Refusal(HttpStatus status, String words) {
      super(words, null, false, false);
      this.status = status;
    }

    HttpStatus status() {
      return status;
    }
  }
}
