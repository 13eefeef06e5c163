package io.disassembler.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The Disassembler that is running: its version, and what tells its builds apart. */
public final class Build {
  private static final String DESCRIPTION = "META-INF/disassembler/module.properties";

  private Build() {}

  /** The version, such as {@code 0.1.0}. */
  public static String version() {
    return Version.CURRENT;
  }

  /**
   * SHA-256, in hexadecimal, of all modules of Disassembler on the class path: of their jars, or of
   * the files in their folders. Builds of one development version differ in it, and what one
   * computed, another must not take for its own.
   */
  public static String identity() {
    return Identity.CURRENT;
  }

  private static List<URL> descriptions() throws IOException {
    return Collections.list(Build.class.getClassLoader().getResources(DESCRIPTION));
  }

  private static final class Version {
    static final String CURRENT = load();

    private static String load() {
      try (InputStream in = descriptions().get(0).openStream()) {
        Properties properties = new Properties();
        properties.load(in);
        return properties.getProperty("version", "unknown");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Identity {
    static final String CURRENT = compute();

    private static String compute() {
      try {
        List<String> modules = new ArrayList<>();
        for (URL description : descriptions()) {
          modules.add(digest(description));
        }
        Collections.sort(modules);
        return Sha256.of(String.join("\n", modules));
      } catch (IOException | URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String digest(URL description) throws IOException, URISyntaxException {
      URLConnection connection = description.openConnection();
      if (connection instanceof JarURLConnection jar) {
        return Sha256.of(Path.of(jar.getJarFileURL().toURI()));
      }
      Path folder = Path.of(URI.create(description.toString())).resolve("../../..").normalize();
      StringBuilder files = new StringBuilder();
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
          files.append(folder.relativize(file)).append(' ').append(Sha256.of(file)).append('\n');
        }
      }
      return Sha256.of(files.toString());
    }
  }
}
