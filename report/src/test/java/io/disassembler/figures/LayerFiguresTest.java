package io.disassembler.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Thresholds;
import io.disassembler.similarity.Attribution;
import io.disassembler.similarity.Finding;
import io.disassembler.similarity.MadeUpProfile;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LayerFiguresTest {
  private static final Thresholds THRESHOLDS = new Thresholds(0.4, 0.4);

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 21})
  void everyFigureIsAPictureAndAWellFormedDrawing(int categories) throws Exception {
    for (Figure figure : all(new MadeUpProfile(categories, 4, 1, 1).profile())) {
      BufferedImage png = ImageIO.read(new ByteArrayInputStream(figure.png()));
      assertThat(png.getWidth()).isEqualTo(2 * figure.drawing().width()).isBetween(300, 12_000);
      assertThat(png.getHeight()).isEqualTo(2 * figure.drawing().height()).isBetween(200, 12_000);
      assertThat(Arrays.stream(pixels(png)).distinct().count()).isGreaterThan(5);
      Document svg = parse(figure.svg());
      assertThat(svg.getDocumentElement().getAttribute("viewBox"))
          .isEqualTo("0 0 %d %d".formatted(figure.drawing().width(), figure.drawing().height()));
      assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
          .isEqualTo(figure.caption());
    }
  }

  @Test
  void manyCategoriesStillFitOnAPicture() throws IOException {
    Profile profile = new MadeUpProfile(150, 4, 1, 1).profile();
    Figure figure =
        new LayerFigures(profile, LayerFigures.PENULTIMATE).categories(Attribution.FORWARD);

    BufferedImage png = ImageIO.read(new ByteArrayInputStream(figure.png()));

    assertThat(png.getWidth()).isEqualTo(2 * figure.drawing().width()).isLessThan(4000);
    assertThat(png.getHeight()).isEqualTo(2 * figure.drawing().height()).isLessThan(4000);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 21, 150})
  void everyCategoryIsNamedInTheSvg(int categories) throws Exception {
    MadeUpProfile images = new MadeUpProfile(categories, 4, 1, 1);
    LayerFigures figures = new LayerFigures(images.profile(), LayerFigures.PENULTIMATE);
    Finding finding = Finding.of(images.profile());

    for (Figure figure :
        List.of(
            figures.categories(Attribution.FORWARD),
            figures.similarity(finding, Attribution.BACKWARD),
            figures.sharedKernels(THRESHOLDS))) {
      assertThat(texts(parse(figure.svg()))).as(figure.name()).containsAll(images.names());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 21, 150})
  void nothingThatIsWrittenOverlapsOrLeavesTheFigure(int categories) {
    for (Figure figure : all(new MadeUpProfile(categories, 5, 1, 1).profile())) {
      Rectangle2D whole =
          new Rectangle2D.Double(0, 0, figure.drawing().width(), figure.drawing().height());
      List<Text> texts = written(figure.drawing());
      for (int i = 0; i < texts.size(); i++) {
        Rectangle2D bounds = texts.get(i).bounds();
        assertThat(whole.contains(bounds)).as("%s of %s", texts.get(i), figure.name()).isTrue();
        assertThat(texts.get(i).size()).as("%s", texts.get(i)).isGreaterThan(8);
        for (int j = 0; j < i; j++) {
          assertThat(bounds.intersects(texts.get(j).bounds()))
              .as("%s and %s of %s", texts.get(i), texts.get(j), figure.name())
              .isFalse();
        }
      }
    }
  }

  @Test
  void rowsOfCategoriesAreTheirVectorsRelativeToTheLargest() {
    Profile profile = new MadeUpProfile(3, 6, 1, 2).profile();
    LayerFigures figures = new LayerFigures(profile, LayerFigures.PENULTIMATE);

    Heatmap heatmap = (Heatmap) figures.categories(Attribution.FORWARD).drawing();

    for (int c = 0; c < 3; c++) {
      double[] vector = profile.category(c).forward("decoder.relu");
      double largest = Arrays.stream(vector).max().orElseThrow();
      double[] expected = Arrays.stream(vector).map(x -> x / largest).sorted().toArray();
      double[] drawn = new double[vector.length];
      for (int k = 0; k < drawn.length; k++) {
        drawn[k] = heatmap.value(c, k);
      }
      Arrays.sort(drawn);
      assertThat(drawn).containsExactly(expected, within(1e-12));
    }
    // Category c excites the channels k with k % 5 = c most, and they stand first to last.
    assertThat(heatmap.columns().spans())
        .extracting(Axis.Span::label)
        .containsExactlyElementsOf(profile.header().categories());
    for (Axis.Span span : heatmap.columns().spans()) {
      int row = profile.header().categories().indexOf(span.label());
      for (int column = span.from(); column < span.to(); column++) {
        for (int other = 0; other < 3; other++) {
          assertThat(heatmap.value(row, column))
              .isGreaterThanOrEqualTo(heatmap.value(other, column));
        }
      }
    }
  }

  @Test
  void theSimilarityFigureShowsTheFinding() {
    Profile profile = new MadeUpProfile(3, 6, 1, 2).profile();
    LayerFigures figures = new LayerFigures(profile, MadeUpProfile.MAPS.get(0).name());
    Finding finding = Finding.of(profile);

    Heatmap heatmap = (Heatmap) figures.similarity(finding, Attribution.FORWARD).drawing();

    for (int c = 0; c < 3; c++) {
      for (int d = 0; d < 3; d++) {
        assertThat(heatmap.value(c, d))
            .isEqualTo(finding.at("/encoder/Relu_output_0", Attribution.FORWARD).mean(c, d));
      }
    }
  }

  @Test
  void theCategoryThatMostImagesShowIsDrawnUnlessAskedOtherwise() {
    Profile profile = new MadeUpProfile(5, 9, 0.6, 4).profile();
    int most = new LayerFigures(profile, LayerFigures.PENULTIMATE).mostShown();

    for (int c = 0; c < 5; c++) {
      assertThat(profile.category(c).images())
          .isLessThan(profile.category(most).images() + (c < most ? 0 : 1));
    }
  }

  @Test
  void anUnknownLayerIsRefusedWithTheNearestNames() {
    Profile profile = new MadeUpProfile(2, 3, 1, 1).profile();

    assertThatThrownBy(() -> new LayerFigures(profile, "decoder.rela"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("feature map 'decoder.rela'")
        .hasMessageContaining("nearest: decoder.relu");
  }

  @Test
  void whatTooFewImagesShowIsNotCompared() {
    Profile profile = new MadeUpProfile(2, 2, 1, 1).profile();

    assertThat(all(profile))
        .extracting(Figure::name)
        .containsExactly(
            "images-category0-forward",
            "categories-forward",
            "images-category0-backward",
            "categories-backward",
            "relevance",
            "shared-kernels");
    all(profile).forEach(figure -> assertThat(figure.png()).isNotEmpty());
  }

  @Test
  void categoriesThatNoImageShowsAreRefused() {
    Profile some = new MadeUpProfile(3, 1, 0.5, 2).profile();
    int shown = new LayerFigures(some, LayerFigures.PENULTIMATE).mostShown();
    assertThat(some.category(0).images()).isZero();
    assertThatThrownBy(() -> all(some))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "category 'category0': no image of the profile shows it; there are images of category"
                + shown);

    Profile none = new MadeUpProfile(3, 2, 0, 1).profile();
    assertThatThrownBy(() -> all(none))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("no image of the profile shows any category: nothing to draw");
  }

  /** The first two would be one file. */
  @Test
  void namesOfFilesTellCategoriesApart() {
    List<String> names = List.of("Traffic light", "traffic-light", "car", "traffic light 0", "?");
    assertThat(IntStream.range(0, names.size()).mapToObj(place -> FileNames.of(names, place)))
        .containsExactly(
            "traffic-light.0", "traffic-light.1", "car", "traffic-light-0", "category");
  }

  private static List<Figure> all(Profile profile) {
    return new LayerFigures(profile, LayerFigures.PENULTIMATE)
        .all(Finding.of(profile), List.of(0), THRESHOLDS);
  }

  private static List<Text> written(Drawing drawing) {
    if (drawing instanceof Heatmap heatmap) {
      return heatmap.layout().texts();
    }
    if (drawing instanceof UpSet sets) {
      return sets.texts();
    }
    return drawing instanceof RelevanceChart chart ? chart.texts() : List.of();
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    String[] texts = new String[nodes.getLength()];
    Arrays.setAll(texts, i -> Objects.requireNonNull(nodes.item(i).getTextContent()));
    return List.of(texts);
  }
}
