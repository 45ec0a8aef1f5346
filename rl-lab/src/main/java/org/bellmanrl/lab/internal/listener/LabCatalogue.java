package org.bellmanrl.lab.internal.listener;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.lab.internal.keyboard.Keyboard;

/** Lists what this module offers the command line. */
@AutoService(Catalogue.class)
public final class LabCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    offers.add(
        ListenerEntry.of(
            "metric-stop",
            "stops training when one of the learner's numbers leaves a range",
            MetricStop.Options::defaults,
            (context, options) -> new MetricStop(options)));
    offers.add(
        ListenerEntry.of(
            "plateau-stop",
            "stops training when the returns have not become better for a while",
            PlateauStop.Options::defaults,
            (context, options) -> new PlateauStop(options)));
    offers.add(
        ListenerEntry.of(
            "stream",
            "writes the numbers as JSON lines or CSV to a file or a pipe",
            MetricsStream.Options::defaults,
            (context, options) -> new MetricsStream(options)));
    offers.add(
        ListenerEntry.of(
            "save-policies",
            "writes the policy to the run folder every so many steps, as policies/STEP.zip",
            SavePolicies.Options::defaults,
            (context, options) -> new SavePolicies(context.folder(), options)));
    offers.add(
        ListenerEntry.of(
            "webhook",
            "posts the numbers as JSON to an address",
            Webhook.Options::defaults,
            Webhook::new));
    offers.add(
        ListenerEntry.of(
            "mlflow",
            "logs settings and numbers to an MLflow server",
            Mlflow.Options::defaults,
            Mlflow::new));
    offers.add(
        PolicyEntry.of(
            "keyboard",
            "asks you for every action; for ./rl play --policy keyboard ENV",
            Keyboard::system));
  }

  /** Sees the options, which no other module can: this package is not exported. */
  @Override
  public MethodHandles.Lookup lookup() {
    return MethodHandles.lookup();
  }
}
