package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.explorer.work.Subject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** Networks whose masks or images are not one category for each pixel, and three colours. */
class OtherNetworksTest {
  @BeforeAll
  static void needsABrowser() {
    Browser.require();
  }

  /** What a browser shows of a street of another kind. */
  private static void explore(Function<Path, Subject> street, Exploration exploration)
      throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "street");
    ExplorerSettings settings = new ExplorerSettings("localhost", 0, 3, 6, Explorers.LIMITS, null);
    try (Explorer explorer = Explorer.start(street.apply(folder), settings, (done, total) -> {});
        Browser browser = Browser.open()) {
      browser.like(1280, 900, "light");
      browser.visit(explorer.url() + "#categories=road,tree,car&macs=60&layer=1&kernel=3");
      browser.untilMeasured(60);
      browser.until(b -> b.all(".masks canvas").size() == 4);
      browser.until(b -> !b.all(".excitements canvas").isEmpty());
      exploration.look(browser);
      assertThat(browser.errors()).isEmpty();
      assertThat(browser.barriers()).isEmpty();
    }
  }

  /** What is looked at. */
  private interface Exploration {
    void look(Browser browser) throws IOException;
  }

  @Test
  void independentCategoriesHaveMasksOfTheirOwn() throws IOException {
    explore(
        Street::independent,
        browser -> {
          assertThat(browser.text("#picture-facts"))
              .contains("A pixel may have several categories");
          assertThat(browser.all("#shown option").stream().map(WebElement::getText))
              .containsExactly("road", "tree", "car");
          assertThat(browser.text("#picture-status")).contains("in all 3 chosen categories");
          List<String> road = captions(browser);
          Object first = browser.script(LABELS);

          browser.find("#shown").sendKeys("car");
          browser.until(b -> b.url().contains("show=car"));

          assertThat(browser.script(LABELS)).as("other labels").isNotEqualTo(first);
          assertThat(captions(browser)).isNotEqualTo(road);
          browser.screenshot("independent-1280-light", 1280);
        });
  }

  private static List<String> captions(Browser browser) {
    return browser.all(".masks figcaption").stream().map(WebElement::getText).toList();
  }

  private static final String LABELS = "return document.querySelector('.masks canvas').toDataURL()";

  @Test
  void imagesOfBandsAreShownAndCanBeDroppedIn() throws IOException {
    explore(
        Street::ofBands,
        browser -> {
          assertThat(browser.text("#picture-facts")).contains("Images are of 3 bands");
          assertThat(browser.attribute("#file", "accept")).contains(".npy");
          browser.until(
              b ->
                  Boolean.TRUE.equals(
                      b.script(
                          "return [...document.querySelectorAll('.thumb img')].slice(0, 6).every(i => i.naturalWidth > 0)")));
          int before = browser.all(".thumb").size();
          Path array =
              Files.write(
                  Files.createTempFile(Path.of("target"), "bands", ".npy"),
                  Street.bands(new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB)));

          browser.find("#file").sendKeys(array.toAbsolutePath().toString());

          browser.until(b -> b.all(".thumb").size() == before + 1);
          browser.until(b -> b.all(".masks canvas").size() == 3);
          browser.screenshot("bands-1280-light", 1280);
        });
  }
}
