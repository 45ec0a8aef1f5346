package org.bellmanrl.gymnasium;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentFamily;
import org.bellmanrl.gymnasium.internal.OneTimeNotices;

/** Lists the family of Gymnasium's environments. */
public final class GymnasiumCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    OneTimeNotices notices = new OneTimeNotices();
    offers.add(
        EnvironmentFamily.of(
            GymnasiumEnvironments.FAMILY,
            "any environment of Gymnasium's, or of a Python module of yours; other options are its"
                + " keyword arguments",
            GymnasiumOptions::defaults,
            (name, options) -> new GymnasiumEnvironment(name, options, notices),
            (name, options, rows) -> GymnasiumEnvironments.create(name, options, rows, notices)));
  }
}
