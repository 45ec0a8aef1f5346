package org.bellmanrl.lab.internal.tune;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.lab.internal.assembly.EntryLookup;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.SearchSpace;

/**
 * The search spaces that come with learners: each is the resource {@code
 * META-INF/bellman/search-spaces/LEARNER.yaml} beside the learner, in this release or in a plugin's
 * jar, read when it is asked for. A file {@code like} another learner has the parameters and
 * options of that one's space too.
 */
public final class SearchSpaces {
  private static final String FOLDER = "META-INF/bellman/search-spaces/";

  private final EntryLookup entries;

  /** Reads spaces of registered learners. */
  @Inject
  public SearchSpaces(EntryLookup entries) {
    this.entries = entries;
  }

  /**
   * The space that comes with a learner, if there is one.
   *
   * @throws UserError if there is no such learner, or its space is wrong
   */
  public Optional<SearchSpace> of(String learner) {
    return of(learner, List.of());
  }

  private Optional<SearchSpace> of(String learner, List<String> likes) {
    LearnerEntry entry = entries.get(LearnerEntry.class, learner);
    return entries
        .resource(entry, FOLDER + entry.id() + ".yaml")
        .map(text -> read(Document.parse("the search space of the " + entry, text), likes));
  }

  /**
   * Reads a space, which may be like that of a learner.
   *
   * @throws UserError if an entry is unknown or wrong
   */
  public SearchSpace read(Document document) {
    return read(document, List.of());
  }

  private SearchSpace read(Document document, List<String> likes) {
    SearchSpace base =
        document.has("like") ? named(document.text("like"), likes) : SearchSpace.empty();
    return base.changed(SearchSpace.of(document));
  }

  private SearchSpace named(String learner, List<String> likes) {
    List<String> all = new ArrayList<>(likes);
    all.add(learner);
    if (likes.contains(learner)) {
      throw new UserError("search spaces are like each other: " + String.join(", ", all));
    }
    return of(learner, all)
        .orElseThrow(() -> new UserError("there is no search space for '" + learner + "'"));
  }
}
