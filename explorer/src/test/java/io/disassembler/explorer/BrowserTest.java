package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.CutRequest;
import io.disassembler.explorer.work.Task;
import io.disassembler.extraction.Plan;
import io.disassembler.graph.Shape;
import io.disassembler.selection.Budget;
import io.disassembler.testing.ReportPage;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a person does, in a real browser. */
class BrowserTest {
  private static final int CAR = Street.CATEGORIES.indexOf("car");

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

  @Test
  void categoriesAndBudgetMakeASubNetwork() {
    Browser browser = visit("");
    browser.untilMeasured(50);

    browser.button("none").click();
    assertThat(browser.text("#status")).isEqualTo("Choose at least one category.");
    assertThat(browser.button("Plan").isEnabled()).isFalse();
    browser.button("car").click();
    browser.button("person").click();
    browser.untilMeasured(50);
    assertThat(browser.all("#retention tbody th").stream().map(WebElement::getText))
        .containsExactly("car", "person");

    browser.drag(browser.find("#budget"), -60);
    int percent = Integer.parseInt(browser.text("#percent").replace(" %", ""));
    assertThat(percent).isBetween(10, 40);
    browser.untilMeasured(percent);

    assertThat(browser.share("Parameters")).isLessThan(60);
    assertThat(browser.share("Latency")).isPositive();
    double retention =
        Double.parseDouble(browser.text("#retention tbody tr:first-child td:nth-child(4)"));
    assertThat(retention).isBetween(0.5, 1.2);
    assertThat(browser.all(".layer .count").stream().map(WebElement::getText))
        .anySatisfy(count -> assertThat(count).matches("\\d+/\\d+"));
    assertThat(browser.url()).contains("categories=car,person", "macs=" + percent);
  }

  @Test
  void masksAreSideBySideAlsoOnAnImageThatIsDroppedIn() {
    Browser browser = visit("#categories=car&macs=60");
    browser.untilMeasured(60);
    browser.until(b -> b.all(".masks canvas").size() == 4);
    assertThat(browser.text("#pictures")).contains("Both agree on");
    assertThat(browser.masked("Full network")).isGreaterThan(0.01);

    int before = browser.all(".thumb").size();
    browser.script(DROP);
    browser.until(b -> b.all(".thumb").size() == before + 1);
    browser.until(b -> b.attribute(".thumb", "aria-pressed").equals("true"));
    browser.until(b -> b.masked("Full network") > 0.2 && b.masked("Full network") < 0.3);

    assertThat(browser.masked("Sub-network")).isBetween(0.2, 0.3);
    browser.screenshot("dropped-1280-light", 1280);
  }

  /** Drops an image of road whose left upper quarter has the colour of cars. */
  private static final String DROP =
      """
      const canvas = Object.assign(document.createElement("canvas"), {width: 128, height: 96});
      const context = canvas.getContext("2d");
      context.fillStyle = "%s";
      context.fillRect(0, 0, 128, 96);
      context.fillStyle = "%s";
      context.fillRect(0, 0, 64, 48);
      canvas.toBlob(blob => {
        const data = new DataTransfer();
        data.items.add(new File([blob], "my car.png", {type: "image/png"}));
        document.querySelector("#pictures").dispatchEvent(
            new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
      });
      """
          .formatted(css("road"), css("car"));

  private static String css(String category) {
    Color color = Street.COLORS.get(Street.CATEGORIES.indexOf(category));
    return "rgb(%d %d %d)".formatted(color.getRed(), color.getGreen(), color.getBlue());
  }

  @Test
  void whatIsRefusedIsSaid() throws IOException {
    Browser browser = visit("#categories=car&macs=60");
    browser.untilMeasured(60);
    Path text =
        Files.writeString(Files.createTempFile(Path.of("target"), "notes", ".png"), "hello");

    browser.find("#file").sendKeys(text.toAbsolutePath().toString());

    browser.until(b -> b.text("#picture-status").contains("expected a JPEG, PNG"));
    assertThat(browser.attribute("#picture-status", "class")).contains("bad");
    assertThat(browser.attribute("#picture-status", "role")).isEqualTo("alert");
    assertThat(browser.find("#picture-status").getCssValue("color"))
        .isNotEqualTo(browser.find("#picture-facts").getCssValue("color"));
    assertThat(browser.errors()).hasSize(1).allSatisfy(e -> assertThat(e).contains("400"));
  }

  @Test
  void theSubNetworkCanBeTakenHome() throws IOException {
    Browser browser = visit("#categories=car,tree&macs=40");
    browser.untilMeasured(40);

    browser.button("Sub-network (ONNX)").click();
    Path file = browser.downloaded(".onnx");
    browser.button("Plan").click();
    Path plan = browser.downloaded(".plan.json");

    assertThat(String.valueOf(file.getFileName())).isEqualTo("street-tree-car-40.onnx");
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1)) {
      NetworkOutput output =
          model.run(
              new float[3 * Street.HEIGHT * Street.WIDTH],
              Shape.of(1, 3, Street.HEIGHT, Street.WIDTH));
      assertThat(((NetworkOutput.Scores) output).categories()).isEqualTo(3);
      assertThat(CategoryMapping.fromMetadata(model.metadata(), "file").orElseThrow().names())
          .containsExactly("other", "tree", "car");
      assertThat(model.metadata().get(Plan.METADATA_KEY)).isEqualTo(Files.readString(plan));
    }
    assertThat(Plan.fromJson(Files.readString(plan), "plan").goal())
        .isEqualTo(new Budget(Budget.Measure.MACS, 0.4));
  }

  @Test
  void theReportOpensAloneAndShowsTablesAndPictures() throws Exception {
    Browser browser = visit("#categories=car,tree&macs=40");
    browser.untilMeasured(40);
    String retention = browser.text("#retention tbody tr:first-child td:nth-child(4)");

    browser.button("Report").click();
    Path file = browser.downloaded(".report.html");
    browser.open(file);

    assertThat(String.valueOf(file.getFileName())).isEqualTo("street-tree-car-40.report.html");
    assertThat(browser.text("h1")).isEqualTo("Sub-network for tree, car");
    assertThat(browser.all("table[aria-label*='mean retention'] tbody th"))
        .extracting(WebElement::getText)
        .containsExactly("tree", "car", "other");
    assertThat(browser.text("table[aria-label*='mean retention'] tbody td:nth-child(4)"))
        .isEqualTo(retention);
    assertThat(browser.all(".layers .bar")).hasSize(Stage.EXPLORER.work().layers().size());
    assertThat(browser.all(".example")).hasSize(4);
    assertThat(
            browser.script(
                "return [...document.images].filter(i => i.complete && i.naturalWidth > 0).length"))
        .isEqualTo((long) browser.all("img").size());
    assertThat((List<?>) browser.script(LOADED)).isEmpty();
    assertThat(browser.barriers()).isEmpty();
    browser.screenshot("report-1280-light", 1280);
    ReportPage.of(Files.readString(file)).requireSelfContained();
  }

  /** What the page had to fetch from elsewhere. */
  private static final String LOADED =
      "return performance.getEntriesByType('resource').map(e => e.name)"
          + ".filter(name => !name.startsWith('data:'))";

  @Test
  void aLinkShowsTheSameAgain() {
    Browser browser = visit("#categories=tree,car&parameters=30&layer=3&attribution=backward");
    browser.until(b -> b.text("#status").startsWith("Measured"));
    browser.click(browser.find(".heatmap canvas"), 30, 0);
    browser.until(b -> b.all(".excitements canvas").size() > 0);
    browser.all(".thumb").get(2).click();
    browser.until(b -> b.all(".masks canvas").size() == 4);
    String link = browser.url();
    String kernel = browser.attribute("#kernel", "value");

    browser.visit(link);
    browser.until(b -> b.text("#status").startsWith("Measured"));
    browser.until(b -> b.all(".excitements canvas").size() > 0);

    assertThat(browser.all(".chip[aria-pressed=true]").stream().map(WebElement::getText))
        .containsExactly("tree", "car");
    assertThat(browser.text("#percent")).isEqualTo("30 %");
    assertThat(browser.find("input[value=parameters]").isSelected()).isTrue();
    assertThat(browser.text("#layer-title")).isEqualTo("Layer mid.conv2");
    assertThat(browser.text(".ties")).isEqualTo("Lives and dies with mid.conv1");
    assertThat(browser.attribute("#direction", "value")).isEqualTo("backward");
    assertThat(browser.attribute("#kernel", "value")).isEqualTo(kernel).isNotEmpty();
    assertThat(browser.attribute(".thumb:nth-child(3)", "aria-pressed")).isEqualTo("true");
    assertThat(browser.url()).isEqualTo(link);
  }

  @Test
  void everythingCanBeDoneWithoutAMouse() {
    Browser browser = visit("#categories=road&macs=60&layer=1");
    browser.untilMeasured(60);

    browser.tabTo("#categories button:nth-child(" + (CAR + 1) + ")");
    browser.press(Keys.SPACE);
    browser.tabTo("#budget");
    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    browser.until(b -> b.url().contains("categories=road,car&macs=56"));
    browser.untilMeasured(56);
    browser.tabTo(".layer");
    browser.press(Keys.ARROW_RIGHT);
    browser.until(b -> b.text("#layer-title").equals("Layer mid.conv1"));
    browser.tabTo("#order");
    browser.tabTo("#kernel");
    browser.press("7", Keys.ENTER);
    browser.until(b -> b.all(".excitements canvas").size() > 0);
    browser.tabTo(".thumb:nth-child(2)");
    browser.press(Keys.ENTER);
    browser.until(b -> b.attribute(".thumb:nth-child(2)", "aria-pressed").equals("true"));
    browser.until(b -> b.all(".masks canvas").size() == 4);
    assertThat(browser.url()).contains("layer=2", "kernel=7");
  }

  @Test
  void longWorkShowsProgressAndCanBeCancelled() {
    Browser browser = visit("#categories=road&macs=60");
    browser.untilMeasured(60);
    synchronized (Stage.EXPLORER.work().judge()) {
      browser.button("sky").click();
      browser.until(b -> b.text("#status").startsWith("Comparing with the full network"));
      assertThat(browser.find("#progress").isDisplayed()).isTrue();
      browser.button("Cancel").click();
      browser.until(b -> b.text("#status").equals("Cancelled."));
      assertThat(browser.find("#progress").isDisplayed()).isFalse();
    }
    browser.button("Try again").click();
    browser.untilMeasured(60);
  }

  @Test
  void whatIsCancelledIsNotFollowedThoughSomeoneElseWaitsForIt() {
    Browser browser = visit("#categories=road&macs=62");
    browser.untilMeasured(62);
    Task<Cut> shared;
    synchronized (Stage.EXPLORER.work().judge()) {
      shared =
          Stage.EXPLORER
              .work()
              .cuts()
              .start("another", new CutRequest(List.of(0, 1), Budget.Measure.MACS, 62));
      browser.button("sky").click();
      browser.until(b -> b.text("#status").startsWith("Comparing with the full network"));
      browser.button("Cancel").click();
      browser.until(b -> b.text("#status").equals("Cancelled."));
    }
    while (!shared.progress().state().isFinal()) {
      shared.after(shared.progress().version()).join();
    }
    assertThat(shared.progress().state()).isEqualTo(Task.State.DONE);
    assertThat(browser.text("#status")).isEqualTo("Cancelled.");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void thePageIsForEveryone(int width, String theme) {
    Stage.BROWSER.like(width, width == 390 ? 844 : 900, theme);
    Browser browser = visit("#categories=car,person&macs=35&layer=3&kernel=8");
    browser.untilMeasured(35);
    browser.until(b -> b.all(".masks canvas").size() == 4);
    browser.until(b -> b.all(".excitements canvas").size() > 0);

    List<?> barriers = browser.barriers();

    browser.screenshot("explorer-" + width + "-" + theme, width);
    assertThat(barriers).isEmpty();
    assertThat((long) browser.script("return document.documentElement.scrollWidth"))
        .as("nothing sticks out sideways")
        .isLessThanOrEqualTo(width);
  }

  @Test
  void aServerThatIsGoneIsSaidSo() {
    Browser browser = Stage.BROWSER;
    Explorer other = Explorers.start();
    browser.visit(other.url() + "#categories=road&macs=60");
    browser.untilMeasured(60);

    other.close();
    browser.button("car").click();

    browser.until(b -> b.text("#status").startsWith("The explorer does not answer."));
    assertThat(browser.button("Try again").isDisplayed()).isTrue();
    assertThat(browser.errors()).allSatisfy(e -> assertThat(e).contains("ERR_CONNECTION_REFUSED"));
  }
}
