package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a person sees who looks closer, in a real browser. */
class ExploringTest {
  private static final String CAR = "#categories=car&macs=60";

  /** Begins only where there is a browser. */
  private static final class Stage {
    static final Explorer EXPLORER = Explorers.start();
    static final Browser BROWSER = Browser.open();
  }

  @BeforeAll
  static void needsABrowser() {
    Browser.require();
  }

  @AfterAll
  static void stop() {
    Stage.BROWSER.close();
    Stage.EXPLORER.close();
  }

  @BeforeEach
  void usualWindow() {
    Stage.BROWSER.like(1280, 900, "light");
  }

  @AfterEach
  void theConsoleIsQuiet() {
    assertThat(Stage.BROWSER.errors()).isEmpty();
  }

  private static Browser visit(String hash) {
    Stage.BROWSER.visit(Stage.EXPLORER.url() + hash);
    return Stage.BROWSER;
  }

  private static List<String> texts(Browser browser, String css) {
    return browser.all(css).stream().map(WebElement::getText).toList();
  }

  @Test
  void labelsAreBesideTheMasksAndBecomeLargeWhenClicked() throws IOException {
    Browser browser = visit(CAR);
    browser.untilMeasured(60);
    browser.until(b -> b.all(".masks canvas").size() == 4);

    List<String> captions = texts(browser, ".masks figcaption");
    assertThat(captions.get(0)).startsWith("Labels");
    assertThat(captions.get(1)).matches("Full network IoU 0\\.\\d{3}");
    assertThat(captions.get(2)).matches("Sub-network IoU 0\\.\\d{3}");
    assertThat(captions.get(3)).matches("Where they differ [\\d.]+ % of the pixels");
    assertThat(browser.masked("Labels"))
        .as("the labels are those of the mask")
        .isCloseTo(cars("street00"), within(0.02));
    assertThat(texts(browser, "#pictures .legend li")).containsExactly("other", "car", "different");

    browser.find(".masks figure:first-child button").click();
    browser.until(b -> b.all("#large canvas").size() == 1);
    assertThat(browser.text("#large-title")).isEqualTo("Labels: mask over the picture");
    assertThat(browser.find("#large canvas").getSize().width)
        .isGreaterThan(2 * browser.find(".masks canvas").getSize().width - 200);
    assertThat(browser.barriers()).isEmpty();
    browser.press(Keys.ESCAPE);
    browser.until(b -> !b.find("#large").isDisplayed());
  }

  /** The share of a mask that is of cars. */
  private static double cars(String name) throws IOException {
    Path file =
        Explorers.street().samples().stream()
            .filter(sample -> sample.name().equals(name))
            .map(sample -> Objects.requireNonNull(sample.mask()))
            .findFirst()
            .orElseThrow();
    Raster mask = ImageIO.read(file.toFile()).getRaster();
    int[] values = mask.getSamples(0, 0, mask.getWidth(), mask.getHeight(), 0, (int[]) null);
    return (double) Arrays.stream(values).filter(value -> value == 3).count() / values.length;
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void allOfTheNetworkIsInViewUntilSomeoneZoomsIn(int width) {
    Stage.BROWSER.like(width, 900, "light");
    Browser browser = visit("#categories=car&macs=60&layer=5");
    browser.untilMeasured(60);
    int layers = Stage.EXPLORER.work().layers().size();

    assertThat(inView(browser)).isEqualTo(layers);
    assertThat(browser.text("#zoom")).isEqualTo("fit");
    assertThat(browser.text("#network-layer")).startsWith("dec1.conv2 · Conv [40, 40, 3, 3]");
    assertThat(texts(browser, "#layer-choice option"))
        .hasSize(layers)
        .contains("0: enc1.conv1 · Conv");

    while (!browser.text("#zoom").equals("300 %")) {
      browser.find("#zoom-in").click();
    }
    assertThat(inView(browser)).isLessThan(layers);
    assertThat(texts(browser, ".layer .name")).hasSize(layers).contains("enc1.conv1", "mid.conv2");
    assertThat(texts(browser, ".layer .operator")).containsOnly("Conv");
    assertThat(browser.url()).contains("zoom=300");

    browser.button("Encoder").click();
    browser.until(b -> b.text("#layer-title").equals("Layer enc1.conv1"));
    assertThat(isInView(browser, 0)).isTrue();
    browser.button("Coarsest").click();
    browser.until(b -> b.text("#layer-title").equals("Layer mid.conv1"));
    browser.button("Head").click();
    browser.until(b -> b.text("#layer-title").equals("Layer logits"));
    assertThat(isInView(browser, layers - 1)).isTrue();
    browser.button("Fit").click();
    assertThat(inView(browser)).isEqualTo(layers);
  }

  private static long inView(Browser browser) {
    return browser.all(".layer").stream()
        .filter(
            layer ->
                Boolean.TRUE.equals(
                    browser.script("return (" + IN_VIEW + ")(arguments[0])", layer)))
        .count();
  }

  private static boolean isInView(Browser browser, int layer) {
    return Boolean.TRUE.equals(
        browser.script(
            "return (" + IN_VIEW + ")(document.querySelectorAll('.layer')[arguments[0]])", layer));
  }

  private static final String IN_VIEW =
      """
      (layer) => {
        const [a, b] = [layer.firstChild, document.querySelector("#network")].map(e => e.getBoundingClientRect());
        return a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
      }
      """;

  @Test
  void whatExcitesAKernelIsColouredOnThePhotograph() {
    Browser browser = visit("#categories=car&macs=60&layer=0&kernel=3");
    browser.untilMeasured(60);
    browser.until(b -> b.all(".excitements canvas").size() == 6);

    @SuppressWarnings("unchecked")
    List<Number> light = (List<Number>) browser.script(LIGHT);

    assertThat(light).allSatisfy(one -> assertThat(one.doubleValue()).isGreaterThan(70));
    assertThat(browser.text("#channel"))
        .contains(
            "in the network's own unit", "The most exciting of 14 images", "standard deviation")
        .contains("the channel's largest activation in that image");
    assertThat(texts(browser, ".excitements figcaption"))
        .allSatisfy(text -> assertThat(text).matches("street\\d\\d [\\d.]+, mean \\+ [\\d.]+ σ"));
  }

  /** The mean lightness of each picture, 0 to 255. */
  private static final String LIGHT =
      """
      return [...document.querySelectorAll(".excitements canvas")].map((canvas) => {
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        let sum = 0;
        for (let i = 0; i < pixels.length; i += 4) {
          sum += 0.299 * pixels[i] + 0.587 * pixels[i + 1] + 0.114 * pixels[i + 2];
        }
        return 4 * sum / pixels.length;
      });
      """;

  @Test
  void picturesHaveNamesAndThoseWithTheLargestLossComeFirst() {
    Browser browser = visit("#categories=car,person&macs=30");
    browser.untilMeasured(30);
    List<String> names = texts(browser, ".thumb .name");
    List<Double> losses =
        texts(browser, ".thumb .loss").stream()
            .filter(text -> text.startsWith("IoU"))
            .map(text -> Double.parseDouble(text.replace("IoU ", "").replace('−', '-')))
            .toList();

    assertThat(losses).hasSize(4).isSorted();
    assertThat(texts(browser, ".thumb .loss").subList(4, 8)).containsOnly("not measured");
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("street\\d\\d"));

    browser.find("#sort").sendKeys("by name");
    browser.until(b -> b.text(".thumb .name").equals("street00"));
    assertThat(texts(browser, ".thumb .name")).isSortedAccordingTo(Comparator.naturalOrder());
    assertThat(browser.url()).contains("sort=name");
  }

  @Test
  void budgetsThatWereTriedFillACurveAndCanBeReturnedTo() {
    Browser browser = visit("#categories=car&macs=70");
    browser.untilMeasured(70);
    browser.script("location.hash = '#categories=car&macs=40'");
    browser.untilMeasured(40);
    browser.script("location.hash = '#categories=car,tree&macs=40'");
    browser.until(b -> b.all("#tried tbody tr").size() == 3);

    assertThat(texts(browser, "#tried tbody tr button"))
        .containsExactly("40 % of the MACs", "40 % of the MACs", "70 % of the MACs");
    assertThat(texts(browser, "#tried tr[aria-current] .names").get(0)).isEqualTo("tree, car");
    assertThat(browser.all("#curve circle")).hasSize(1);

    browser.find("#tried tbody tr:last-child button").click();
    browser.untilMeasured(70);
    assertThat(browser.url()).contains("categories=car&macs=70");
    assertThat(browser.all("#tried tbody tr")).hasSize(3);
    assertThat(browser.all("#curve circle")).hasSize(2);
    assertThat(browser.all("#curve rect")).hasSize(2);
    assertThat(browser.attribute("#curve svg", "aria-label")).contains("40 %: ", "70 %: retention");
  }

  @Test
  void latencyIsMeasuredAgainWhenAskedAndItsSpreadIsShown() {
    Browser browser = visit("#categories=car&macs=50");
    browser.untilMeasured(50);
    assertThat(runs(browser.text("#latency"))).isGreaterThanOrEqualTo(3);

    browser.button("Measure latency again").click();
    browser.until(b -> runs(b.text("#latency")) >= 12);

    Matcher middle =
        Pattern.compile("half of them ([\\d.e+]+) to ([\\d.e+]+) ms; full network")
            .matcher(browser.text("#latency"));
    assertThat(middle.find()).isTrue();
    assertThat(Double.parseDouble(middle.group(1)))
        .isLessThanOrEqualTo(Double.parseDouble(middle.group(2)));
    browser.visit(browser.url());
    browser.untilMeasured(50);
    assertThat(runs(browser.text("#latency"))).as("it is remembered").isGreaterThanOrEqualTo(12);
  }

  private static int runs(String text) {
    Matcher runs = Pattern.compile("median of (\\d+) runs").matcher(text);
    return runs.find() ? Integer.parseInt(runs.group(1)) : 0;
  }

  @Test
  void whatALinkAsksForAndTheNetworkDoesNotHaveIsNamed() {
    Browser browser = visit("#categories=bus,car&macs=60&layer=99");
    browser.untilMeasured(60);

    assertThat(browser.text("#link-words"))
        .contains("the network has no category bus. It has sky, road, tree, car, person")
        .contains("the network has no layer 99; expected 0 to 6");
    assertThat(browser.attribute("#link-trouble", "role")).isEqualTo("alert");
    assertThat(texts(browser, ".chip[aria-pressed=true]")).containsExactly("car");
    assertThat(browser.barriers()).isEmpty();
    browser.button("Dismiss").click();
    assertThat(browser.find("#link-trouble").isDisplayed()).isFalse();
  }

  @Test
  void numbersSayWhatTheyAreAndOnHowManyImagesTheyRest() {
    Browser browser = visit("#categories=car,person&macs=60&layer=2");
    browser.untilMeasured(60);

    assertThat(texts(browser, "#retention tbody td:last-child")).containsExactly("4", "2");
    assertThat(browser.text("#status"))
        .isEqualTo(
            "Measured on 4 images against their masks. All of them were profiled, too, which flatters.");
    assertThat(browser.text("#retention-means")).contains("as a share of the full network's");
    assertThat(texts(browser, ".heatmap li")).contains("car (14)", "person (7)");
    assertThat(browser.text("#attribution-means"))
        .startsWith("Forward: how much of all activation");
    browser.find("#direction").sendKeys("backward");
    browser.until(
        b -> b.text("#attribution-means").startsWith("Backward: how much the category's"));
  }
}
