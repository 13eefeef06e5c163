package io.disassembler.surgery;

import io.disassembler.Version;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.graph.Network;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Recovery;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Cost;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Goal;
import io.disassembler.selection.Selection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a sub-network for some categories: selects, recovers, cuts, and gives it its head and its
 * papers.
 *
 * @param anatomy the full network
 * @param modelSha256 SHA-256 of its file
 * @param card its card
 * @param profile what images showed of it
 * @param profileSha256 SHA-256 of the profile's file
 */
public record Extraction(
    Anatomy anatomy, String modelSha256, NetworkCard card, Profile profile, String profileSha256) {

  private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);

  /**
   * A sub-network and how it came to be.
   *
   * @param network ready to be written
   * @param headless the same without its head, to compare with the full network
   * @param recovered the full network, prepared for the cut
   * @param selection the groups kept
   * @param full cost of the full network
   * @param cost cost of the sub-network
   */
  public record SubNetwork(
      Network network,
      Network headless,
      Anatomy recovered,
      Selection selection,
      Plan plan,
      Cost full,
      Cost cost) {}

  /** The sub-network for {@code categories} that meets {@code goal}. */
  public SubNetwork extract(
      List<Integer> categories, Criterion criterion, Goal goal, RecoveryMethod recovery) {
    for (int category : categories) {
      if (profile.category(category).images() == 0) {
        LOG.warn(
            "the profile has no confident pixel of '{}'; what the category relies on is not known (profile more images, or lower --threshold)",
            card.categories().get(category));
      }
    }
    Selection selection = goal.select(anatomy, profile, categories, criterion);
    Plan plan =
        new Plan(
            Version.current(),
            modelSha256,
            categories.stream().map(card.categories()::get).toList(),
            criterion.id(),
            goal.text(),
            recovery.id(),
            recovery == RecoveryMethod.NONE ? null : profileSha256,
            profile.header().seed(),
            Plan.kept(anatomy, selection));
    return cut(categories, selection, recovery, plan);
  }

  /** The sub-network that {@code plan} describes. */
  public SubNetwork replay(Plan plan, String file) {
    plan.requireSources(modelSha256, profileSha256, file, anatomy.network().name());
    List<Integer> categories = plan.categories().stream().map(card::index).toList();
    return cut(categories, plan.selection(anatomy, file), RecoveryMethod.of(plan.recovery()), plan);
  }

  private SubNetwork cut(
      List<Integer> categories, Selection selection, RecoveryMethod recovery, Plan plan) {
    Anatomy recovered = Recovery.recover(anatomy, selection, profile, recovery);
    Network headless = Cutter.cut(recovered, selection);
    CategoryMapping mapping = CategoryMapping.of(card.categories(), categories);
    String output = headless.outputs().get(0).name();
    Network network =
        CategoryHead.attach(
            headless, mapping, anatomy.probe().shape(output), anatomy.probe().type(output));
    return new SubNetwork(
        network.toBuilder()
            .metadata(NetworkCard.METADATA_KEY, card.restrictedTo(categories).toYaml())
            .metadata(CategoryMapping.METADATA_KEY, mapping.toJson())
            .metadata(Plan.METADATA_KEY, plan.toJson())
            .build(),
        headless,
        recovered,
        selection,
        plan,
        Cost.of(anatomy),
        Cost.of(anatomy, selection));
  }
}
