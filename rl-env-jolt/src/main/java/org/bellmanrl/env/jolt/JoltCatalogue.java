package org.bellmanrl.env.jolt;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;

/** Lists the environments over Jolt of this module. */
public final class JoltCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "Biped-v1",
            "walk on two legs to a stick",
            FetchOptions::defaults,
            options -> Biped.fetch("Biped-v1", options)));
    offers.add(
        EnvironmentEntry.of(
            "Crawler-v1",
            "walk on four legs that stand out to all sides to a stick",
            FetchOptions::defaults,
            options -> Crawler.fetch("Crawler-v1", options)));
    offers.add(
        EnvironmentEntry.of(
            "Huggy-v1",
            "walk on four legs to a stick, as a dog does",
            FetchOptions::defaults,
            options -> Huggy.fetch("Huggy-v1", options)));
    offers.add(
        EnvironmentEntry.of(
            "HuggyPuppo-v1",
            "Huggy with the sizes and the reward of ML-Agents' dog",
            () -> new HuggyPuppo("HuggyPuppo-v1")));
  }
}
