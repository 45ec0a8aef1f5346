package org.bellmanrl.lab.internal.listener;

import java.nio.file.Path;
import org.bellmanrl.api.Listener;
import org.bellmanrl.testkit.ListenerContract;
import org.junit.jupiter.api.io.TempDir;

class SavePoliciesContractTest extends ListenerContract {
  @TempDir Path folder;

  @Override
  protected Listener create() {
    return new SavePolicies(folder, new SavePolicies.Options(50, 1));
  }
}
