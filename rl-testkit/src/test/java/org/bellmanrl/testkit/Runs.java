package org.bellmanrl.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract class as a build would, and collects what came of its checks. */
final class Runs implements TestExecutionListener {
  final Map<String, String> failures = new TreeMap<>();
  final Map<String, String> aborted = new TreeMap<>();
  final Set<String> passed = new TreeSet<>();

  private Runs() {}

  static Runs of(Class<?> contract) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build();
    Runs runs = new Runs();
    LauncherFactory.create().execute(request, runs);
    return runs;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = test.getDisplayName().replace("()", "");
    String message = result.getThrowable().map(Throwable::toString).orElse("");
    switch (result.getStatus()) {
      case FAILED -> failures.put(name, message);
      case ABORTED -> aborted.put(name, message);
      case SUCCESSFUL -> {
        if (test.isTest()) {
          passed.add(name);
        }
      }
    }
  }
}
