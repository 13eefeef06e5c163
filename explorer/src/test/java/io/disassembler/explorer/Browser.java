package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, and what people do with it. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ChromeDriver driver;
  private final Path downloads;

  private Browser(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  /** Fails in continuous integration, and skips elsewhere, where there is no browser. */
  static void require() {
    boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("Debian's chromium and chromium-driver are installed").isTrue();
    }
    assumeTrue(there, () -> "no " + CHROMIUM + " and " + DRIVER);
  }

  static Browser open() {
    Path downloads;
    try {
      downloads = Files.createTempDirectory(Path.of("target"), "downloads");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toAbsolutePath().toString()));
    return new Browser(driver, downloads);
  }

  /** Looks through a window of another size, in another theme. */
  Browser like(int width, int height, String theme) {
    size(width, height);
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    return this;
  }

  private void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Opens a page anew, as if from a link, and waits until it is there. */
  void visit(String url) {
    driver.get("about:blank");
    driver.get(url);
    until(browser -> "true".equals(script("return document.body.dataset.ready")));
  }

  /** Opens a file, as a double click on it does. */
  void open(Path file) {
    driver.get(file.toUri().toString());
  }

  String url() {
    return String.valueOf(driver.getCurrentUrl());
  }

  /** An attribute of the first such element; empty if it has none. */
  String attribute(String css, String name) {
    return Objects.requireNonNullElse(find(css).getAttribute(name), "");
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  String text(String css) {
    return find(css).getText();
  }

  /** The button that says {@code text}. */
  WebElement button(String text) {
    return driver.findElement(By.xpath("//button[normalize-space()='" + text + "']"));
  }

  <T> T until(Function<Browser, @Nullable T> condition) {
    return Objects.requireNonNull(
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100))
            .withMessage(() -> "status: " + text("#status") + "; console: " + errors())
            .until(ignored -> condition.apply(this)));
  }

  /** Waits until a sub-network of at most so many percent of the MACs is measured. */
  void untilMeasured(int percent) {
    until(
        browser ->
            text("#status").startsWith("Measured")
                && share("MACs") <= percent + 0.5
                && share("MACs") > percent - 25);
  }

  /** The percentage beside a number. */
  double share(String name) {
    String text =
        driver
            .findElement(By.xpath("//dt[.='" + name + "']/following-sibling::dd[1]//span"))
            .getText();
    return Double.parseDouble(text.replace("%", "").strip());
  }

  Object script(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  void drag(WebElement slider, int right) {
    new Actions(driver).clickAndHold(slider).moveByOffset(right, 0).release().perform();
  }

  void click(WebElement element, int right, int down) {
    new Actions(driver).moveToElement(element, right, down).click().perform();
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses the tab key until {@code css} has the focus. */
  void tabTo(String css) {
    for (int tabs = 0; tabs < 200; tabs++) {
      press(Keys.TAB);
      if (Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", css))) {
        return;
      }
    }
    throw new AssertionError("the tab key never leads to " + css);
  }

  /** Waits for a file to be downloaded. */
  Path downloaded(String ending) {
    return until(
        browser -> {
          File[] files = downloads.toFile().listFiles((folder, name) -> name.endsWith(ending));
          return files == null || files.length == 0 ? null : files[0].toPath();
        });
  }

  /**
   * The share of a picture of masks that has a mask over it: where it is not what the last one is.
   */
  double masked(String title) {
    return ((Number)
            script(
                """
                const [mask, bare] = [arguments[0], "Where they differ"].map((title) => {
                  const canvas = [...document.querySelectorAll(".masks canvas")].find((one) =>
                      one.getAttribute("aria-label").startsWith(title));
                  const context = canvas.getContext("2d");
                  return context.getImageData(0, 0, canvas.width, canvas.height).data;
                });
                let found = 0;
                for (let i = 0; i < mask.length; i += 4) {
                  const difference =
                      [0, 1, 2].reduce((sum, c) => sum + Math.abs(mask[i + c] - bare[i + c]), 0);
                  found += difference > 60 ? 1 : 0;
                }
                return 4 * found / mask.length;
                """,
                title))
        .doubleValue();
  }

  /** What the console complains of. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::toString)
        .toList();
  }

  /** Keeps a picture of the whole page. */
  void screenshot(String name, int width) {
    long height = (long) script("return document.documentElement.scrollHeight");
    size(width, (int) height);
    try {
      Thread.sleep(200); // the page notices that it has another size
      String data =
          String.valueOf(
              driver
                  .executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
                  .get("data"));
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What axe-core finds that keeps people out: serious and critical violations. */
  List<?> barriers() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("no axe-core");
      }
      script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(found => done(found.violations
                .filter(one => ['serious', 'critical'].includes(one.impact))
                .map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))));
            """);
    return (List<?>) Objects.requireNonNull(found);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
