package io.disassembler.extraction;

import io.disassembler.base.Build;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.base.Stable;
import io.disassembler.boundary.FileForm;
import io.disassembler.channel.Anatomy;
import io.disassembler.cut.Cutter;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.principal.Basis;
import io.disassembler.principal.PrincipalChannels;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.ClosedLoop;
import io.disassembler.recovery.Recovery;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.recovery.SolvedWeights;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Costing;
import io.disassembler.selection.DecisionWeights;
import io.disassembler.selection.Evidence;
import io.disassembler.selection.Goal;
import io.disassembler.selection.ScoringRule;
import io.disassembler.selection.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sub-network for some categories: selects, recovers, cuts, and gives it its head and its
 * papers.
 *
 * @param anatomy the full network
 * @param modelSha256 SHA-256 of its file
 * @param card its card
 * @param profile what images showed of it
 * @param profileSha256 SHA-256 of the profile's file
 * @param checkpoint where what takes long is saved on the way
 * @param listener told how far it is
 */
@Stable
public record Extraction(
    Anatomy anatomy,
    String modelSha256,
    NetworkCard card,
    Profile profile,
    String profileSha256,
    StateCheckpoint checkpoint,
    ExtractionListener listener) {

  /** The part of a checkpoint that recovery saves to. */
  public static final String RECOVERY = "recovery";

  /** An extraction that saves and tells nothing on the way. */
  public Extraction(
      Anatomy anatomy,
      String modelSha256,
      NetworkCard card,
      Profile profile,
      String profileSha256) {
    this(
        anatomy,
        modelSha256,
        card,
        profile,
        profileSha256,
        StateCheckpoint.none(),
        ExtractionListener.none());
  }

  /** The same, saving on the way. The checkpoint stays; remove it in the end. */
  public Extraction savingTo(StateCheckpoint other) {
    return new Extraction(anatomy, modelSha256, card, profile, profileSha256, other, listener);
  }

  /** The same, telling how far it is. */
  public Extraction tellingTo(ExtractionListener other) {
    return new Extraction(anatomy, modelSha256, card, profile, profileSha256, checkpoint, other);
  }

  /**
   * A sub-network and how it came to be.
   *
   * @param network ready to be written
   * @param headless the same without its head and before any training steps, to compare with the
   *     full network
   * @param basis what the groups were selected from
   * @param recovered the basis' network, prepared for the cut
   * @param selection the groups kept
   * @param full cost of the full network
   * @param cost cost of the sub-network
   */
  public record SubNetwork(
      Network network,
      Network headless,
      Basis basis,
      Anatomy recovered,
      Selection selection,
      Plan plan,
      Cost full,
      Cost cost) {}

  /**
   * How a sub-network is made.
   *
   * @param criterion what ranks channels
   * @param goal how many are kept
   * @param recovery how what is lost is made up for
   * @param calibration images that the criterion may look at, that the closed loop follows, and on
   *     which the head is balanced then; null for recovery from the profile alone
   * @param tuner takes the training steps of {@link RecoveryMethod#TUNED}; null for other methods
   * @param resolution that it works at, as a share of each side of the full network's images, in
   *     (0, 1]; null for the one at which least is lost where that can be told, else the full one
   */
  public record Recipe(
      ScoringRule criterion,
      Goal goal,
      RecoveryMethod recovery,
      @Nullable Calibration calibration,
      @Nullable Tuner tuner,
      @Nullable Double resolution) {

    /** A recipe without training steps. */
    public Recipe(
        ScoringRule criterion,
        Goal goal,
        RecoveryMethod recovery,
        @Nullable Calibration calibration) {
      this(criterion, goal, recovery, calibration, null, null);
    }

    /** What the criterion goes by: a profile, and the calibration images where there are any. */
    public Evidence evidence(Profile profile) {
      return calibration == null ? Evidence.of(profile) : calibration.evidence(profile);
    }

    /** The resolution asked for; the full one if it is not. */
    double scale() {
      return resolution == null ? 1 : resolution;
    }

    /** The same within another budget. */
    public Recipe within(Goal other) {
      return new Recipe(criterion, other, recovery, calibration, tuner, resolution);
    }

    /**
     * @throws InvalidInputException if the recovery needs images, or someone who trains, and there
     *     are none, or the resolution is not in (0, 1]
     */
    public Recipe {
      if (recovery.followsImages() && calibration == null) {
        throw new InvalidInputException(
            "%s recovery follows images through both networks: expected some, found none; give some, or recover by ridge"
                .formatted(recovery.id()),
            Setting.CALIBRATION_IMAGES,
            Setting.RECOVERY);
      }
      if (resolution != null && !(resolution > 0 && resolution <= 1)) {
        throw new InvalidInputException(
            "resolution: expected a share of each side above 0 and up to 1, such as 0.5, found "
                + resolution,
            Setting.RESOLUTION);
      }
      if (recovery == RecoveryMethod.TUNED && tuner == null) {
        throw new InvalidInputException(
            "tuned recovery takes training steps, which is not possible here; recover in closed loop, or extract with tuned recovery",
            Setting.RECOVERY);
      }
    }
  }

  /** What {@code recipe} may keep for {@code categories}, within any budget. */
  public Candidates candidates(List<Integer> categories, Recipe recipe) {
    return Candidates.of(anatomy, profile, categories, recipe, listener);
  }

  /** The sub-network for {@code categories}. */
  public SubNetwork extract(List<Integer> categories, Recipe recipe) {
    return extract(categories, recipe, null);
  }

  /**
   * The sub-network for {@code categories}; recovery is taken over from {@code like} if that keeps
   * the same channels and, where images are followed, is for the same categories.
   *
   * @param like made by this extraction, by the same recovery on the same images; null if there is
   *     none
   */
  public SubNetwork extract(List<Integer> categories, Recipe recipe, @Nullable SubNetwork like) {
    require(categories);
    List<Candidate> candidates =
        recipe.goal() instanceof Budget budget
            ? candidates(categories, recipe).within(budget)
            : List.of(
                own(
                    recipe,
                    recipe
                        .goal()
                        .select(
                            anatomy, recipe.evidence(profile), categories, recipe.criterion())));
    return made(categories, recipe, best(candidates, categories, recipe), like);
  }

  /**
   * The one of which least is lost once it is recovered, as tried on the recipe's images; the first
   * where it has none.
   *
   * @param candidates some of the recipe's {@link #candidates}, at least one
   */
  public Candidate best(List<Candidate> candidates, List<Integer> categories, Recipe recipe) {
    return recipe.recovery().followsImages() && recipe.calibration() != null
        ? new CandidateTrial(anatomy, card, categories, listener)
            .best(candidates, recipe.calibration())
        : candidates.get(0);
  }

  /**
   * The sub-network for {@code categories} that keeps {@code selection} of the full network's own
   * channels.
   *
   * @param selection what the recipe's criterion selects within its goal
   * @param like as above
   */
  public SubNetwork extract(
      List<Integer> categories, Recipe recipe, Selection selection, @Nullable SubNetwork like) {
    return extract(categories, recipe, own(recipe, selection), like);
  }

  /**
   * The sub-network for {@code categories} that keeps {@code chosen}.
   *
   * @param chosen one of the recipe's {@link #candidates}
   * @param like as above
   */
  public SubNetwork extract(
      List<Integer> categories, Recipe recipe, Candidate chosen, @Nullable SubNetwork like) {
    require(categories);
    return made(categories, recipe, chosen, like);
  }

  /**
   * The sub-network that keeps {@code chosen} without any recovery: as fast as the recovered one,
   * and of no other use.
   */
  public SubNetwork unrecovered(List<Integer> categories, Recipe recipe, Candidate chosen) {
    return extract(
        categories,
        new Recipe(recipe.criterion(), recipe.goal(), RecoveryMethod.NONE, null),
        chosen,
        null);
  }

  private Candidate own(Recipe recipe, Selection selection) {
    return new Candidate(
        Resolutions.required(Basis.asIs(anatomy, profile), recipe.scale()), selection);
  }

  private SubNetwork made(
      List<Integer> categories, Recipe recipe, Candidate chosen, @Nullable SubNetwork like) {
    Plan plan =
        new Plan(
            Build.version(),
            modelSha256,
            categories.stream().map(card.categories()::get).toList(),
            recipe.criterion().id(),
            recipe.goal(),
            recipe.recovery().id(),
            recipe.recovery() == RecoveryMethod.NONE ? null : profileSha256,
            recipe.calibration() == null ? null : recipe.calibration().sha256(),
            profile.header().seed(),
            KeptKernels.of(chosen.basis().anatomy(), chosen.selection()),
            chosen.basis().principal() ? true : null,
            chosen.basis().resolution() < 1 ? chosen.basis().resolution() : null,
            null);
    boolean same =
        like != null
            && like.plan().kept().equals(plan.kept())
            && like.basis().resolution() == chosen.basis().resolution()
            && (recipe.calibration() == null || like.plan().categories().equals(plan.categories()));
    Anatomy recovered =
        like != null && same
            ? like.recovered()
            : recovered(categories, chosen, recipe.recovery(), recipe.calibration(), plan);
    return cut(
        categories,
        chosen,
        recovered,
        recipe.calibration(),
        recipe.recovery() == RecoveryMethod.TUNED ? recipe.tuner() : null,
        plan);
  }

  private void require(List<Integer> categories) {
    requireRule();
    new ShownCategories(anatomy.network().name(), card, profile).require(categories);
  }

  private void requireRule() {
    if (profile.header().independent() != card.independent()) {
      throw new InvalidInputException(
          "%s: the profile was made with 'decision: %s', which the network card does not say now; profile the network again"
              .formatted(anatomy.network().name(), profile.header().rule().word()),
          Setting.CARD);
    }
  }

  /** The sub-network that {@code plan}, which has no training steps, describes. */
  public SubNetwork replay(Plan plan, String file, @Nullable Calibration calibration) {
    return replay(plan, file, calibration, null);
  }

  /**
   * The sub-network that {@code plan} describes.
   *
   * @param calibration the images that it was made with, if it was made with any
   * @param tuner takes the plan's training steps again, if it has any
   * @throws InvalidInputException if model, profile or images are not those of the plan, or it has
   *     training steps and there is nobody who takes them
   */
  public SubNetwork replay(
      Plan plan, String file, @Nullable Calibration calibration, @Nullable Tuner tuner) {
    plan.requireSources(modelSha256, profileSha256, file, anatomy.network().name());
    plan.requireCalibration(calibration == null ? null : calibration.sha256(), file);
    plan.requireTuner(tuner, file);
    List<Integer> categories = plan.categories().stream().map(card::index).distinct().toList();
    if (categories.isEmpty() || categories.size() < plan.categories().size()) {
      throw new InvalidInputException(
          file
              + (categories.isEmpty()
                  ? ": the plan names no category"
                  : ": the plan names a category twice"));
    }
    Basis basis = basis(plan, categories, calibration, file);
    Candidate chosen = new Candidate(basis, plan.selection(basis.anatomy(), file));
    Plan honest =
        plan.stating(Costing.of(basis.anatomy(), chosen.selection()), Costing.of(anatomy));
    Anatomy recovered =
        recovered(categories, chosen, plan.recoveryMethod(file), calibration, honest);
    return cut(
        categories, chosen, recovered, calibration, plan.tuning() == null ? null : tuner, honest);
  }

  private Basis basis(
      Plan plan, List<Integer> categories, @Nullable Calibration calibration, String file) {
    Basis own = Basis.asIs(anatomy, profile);
    if (calibration == null || !plan.isPrincipal()) {
      return Resolutions.required(own, plan.scale());
    }
    Evidence evidence = calibration.evidence(profile);
    return PrincipalChannels.of(
            own, evidence.images(), DecisionWeights.of(anatomy, evidence, categories))
        .map(basis -> Resolutions.required(basis, plan.scale()))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: the plan selects channels along principal axes, which %s has none of"
                        .formatted(file, anatomy.network().name())));
  }

  private Anatomy recovered(
      List<Integer> categories,
      Candidate chosen,
      RecoveryMethod recovery,
      @Nullable Calibration calibration,
      Plan plan) {
    Anatomy exact =
        recovery.followsImages() && calibration != null
            ? ClosedLoop.recover(
                chosen.basis().anatomy(),
                chosen.selection(),
                chosen.basis().profile(),
                calibration,
                categories,
                SolvedWeights.in(
                    checkpoint.part(RECOVERY), Sha256.of(plan.toJson() + anatomy.threads())),
                (done, all) -> listener.reached("Recovering layers", done, all))
            : Recovery.recover(
                chosen.basis().anatomy(), chosen.selection(), chosen.basis().profile(), recovery);
    Network settled = FileForm.settled(exact.network());
    return settled.equals(exact.network()) ? exact : exact.withNetwork(settled);
  }

  private SubNetwork cut(
      List<Integer> categories,
      Candidate chosen,
      Anatomy recovered,
      @Nullable Calibration calibration,
      @Nullable Tuner tuner,
      Plan plan) {
    Network headless = Cutter.cut(recovered, chosen.selection());
    CategoryMapping mapping = card.mapping(categories);
    BalancedHead head = new BalancedHead(anatomy, card, mapping, calibration);
    Network tuned = headless;
    Plan done = plan;
    if (tuner != null) {
      Tuner.Tuned found =
          tuner.tune(new Tuner.Untuned(headless, mapping, head::balance), plan.tuning());
      tuned = FileForm.settled(found.headless());
      done = plan.tuned(found.tuning());
    }
    return new SubNetwork(
        Papers.added(
            FastActivations.of(head.attached(tuned)), card.restrictedTo(categories), mapping, done),
        headless,
        chosen.basis(),
        recovered,
        chosen.selection(),
        done,
        Costing.of(anatomy),
        Costing.of(recovered, chosen.selection()));
  }
}
