package io.disassembler.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.extraction.Extraction;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.search.BudgetSearch.Candidate;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@link BudgetSearch} has tried and measured by now, saved after each candidate. */
public final class TriedCandidates {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRIED = "tried";

  private final StateCheckpoint checkpoint;
  private final String part;
  private final String run;
  private final List<Candidate> tried = new ArrayList<>();

  private TriedCandidates(StateCheckpoint checkpoint, String part, String run) {
    this.checkpoint = checkpoint;
    this.part = part;
    this.run = run;
  }

  /** None, and nothing is saved. */
  static TriedCandidates unsaved() {
    return new TriedCandidates(StateCheckpoint.none(), "", "");
  }

  /**
   * What an earlier search left, if it is to be resumed.
   *
   * @param checkpoint that of the extraction of the candidates
   * @param part of the checkpoint that is this search's
   * @param run what the search is about: everything that its result depends on
   * @throws io.disassembler.base.InvalidInputException if the earlier one was about something else
   */
  public static TriedCandidates in(StateCheckpoint checkpoint, String part, String run) {
    TriedCandidates candidates = new TriedCandidates(checkpoint, part, run);
    StateCheckpoint saved = checkpoint.part(part);
    saved
        .earlier(run)
        .ifPresent(
            state -> {
              try {
                candidates.tried.addAll(
                    JSON.readValue(
                        state.metadata().getOrDefault(TRIED, ""),
                        new TypeReference<List<Candidate>>() {}));
              } catch (JsonProcessingException e) {
                throw saved.unreadable(e);
              }
            });
    return candidates;
  }

  /** What was found at a share of the MACs; empty if it was not tried. */
  Optional<Candidate> of(double share) {
    return tried.stream().filter(candidate -> candidate.share() == share).findFirst();
  }

  /** Saves what was found, in place of how far its recovery was. */
  void add(Candidate candidate) {
    tried.add(candidate);
    checkpoint.part(Extraction.RECOVERY).forget();
    try {
      checkpoint
          .part(part)
          .save(
              new SafeTensors(
                  Map.of(),
                  Map.of(StateCheckpoint.RUN, run, TRIED, JSON.writeValueAsString(tried))));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
